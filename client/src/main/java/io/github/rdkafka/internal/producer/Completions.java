package io.github.rdkafka.internal.producer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Completes futures on helper threads, never on the event loop: what the user chained to them runs
 * there, and may block. One worker keeps the order of the reports; when it is held up in a
 * dependent, {@link #checkStall} puts a new one in its place, so that nobody else's future waits.
 */
final class Completions {
  private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** The sends of one delivery report event, in order. */
  static final class Batch {
    private SendFuture[] sends;
    private int count;
    private volatile boolean sealed;
    private final AtomicInteger next = new AtomicInteger();

    private Batch(int capacity) {
      sends = new SendFuture[Math.max(1, capacity)];
    }

    void add(SendFuture send) {
      if (count == sends.length) {
        sends = Arrays.copyOf(sends, count * 2);
      }
      sends[count++] = send;
    }

    int size() {
      return count;
    }

    SendFuture get(int index) {
      return sends[index];
    }
  }

  private final Executor helpers;
  private final Queue<Batch> ready = new ConcurrentLinkedQueue<>();
  private final Set<Batch> inTransit = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Worker> current = new AtomicReference<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition batchDone = lock.newCondition();
  private final AtomicLong batchesDone = new AtomicLong();
  private final AtomicInteger waiters = new AtomicInteger();
  private Worker watched;
  private long watchedProgress;
  private long watchedSince;

  Completions(Executor helpers) {
    this.helpers = helpers;
  }

  /**
   * A batch for the sends of one event. It must be opened before the first of them leaves {@link
   * PendingSends}: whoever looks there first and here second misses none.
   *
   * @param capacity how many sends are expected
   */
  Batch open(int capacity) {
    Batch batch = new Batch(capacity);
    inTransit.add(batch);
    return batch;
  }

  /** All sends of the event are in. */
  void seal(Batch batch) {
    batch.sealed = true;
  }

  /** Has the futures of a sealed batch completed. */
  void submit(Batch batch) {
    if (batch.size() == 0) {
      inTransit.remove(batch);
      return;
    }
    ready.add(batch);
    if (current.get() == null) {
      startWorker(null);
    }
  }

  private void startWorker(Worker instead) {
    Worker worker = new Worker();
    if (current.compareAndSet(instead, worker)) {
      helpers.execute(worker);
    }
  }

  /** Replaces a worker that has not moved for a while. Called on the event loop, often. */
  void checkStall() {
    Worker worker = current.get();
    if (worker == null || ready.isEmpty()) {
      watched = null;
      return;
    }
    long now = System.nanoTime();
    if (worker != watched || worker.progress.get() != watchedProgress) {
      watched = worker;
      watchedProgress = worker.progress.get();
      watchedSince = now;
    } else if (now - watchedSince > STALL_NANOS) {
      startWorker(worker);
    }
  }

  /** Adds the sends that are reported, but whose futures may not be complete yet. */
  void copyTo(List<SendFuture> list) {
    for (Batch batch : new ArrayList<>(inTransit)) {
      while (!batch.sealed) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < batch.size(); i++) {
        list.add(batch.get(i));
      }
    }
  }

  /** How many batches are complete, to be passed to {@link #awaitBatch}. */
  long batchesDone() {
    return batchesDone.get();
  }

  /**
   * Waits until another batch than the {@code seen} ones is complete, or for {@code nanos}. To wait
   * for the futures themselves would mean to run what the user chained to them.
   */
  void awaitBatch(long seen, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      waiters.incrementAndGet();
      long left = nanos;
      while (batchesDone.get() == seen && left > 0) {
        left = batchDone.awaitNanos(left);
      }
    } finally {
      waiters.decrementAndGet();
      lock.unlock();
    }
  }

  private void finished(Batch batch) {
    ready.remove(batch);
    if (inTransit.remove(batch)) {
      batchesDone.incrementAndGet();
      if (waiters.get() > 0) {
        lock.lock();
        try {
          batchDone.signalAll();
        } finally {
          lock.unlock();
        }
      }
    }
  }

  private final class Worker implements Runnable {
    // Written by this worker alone.
    private final AtomicLong progress = new AtomicLong();

    @Override
    public void run() {
      Batch batch = ready.peek();
      while (batch != null && current.get() == this) {
        complete(batch);
        batch = ready.peek();
      }
      if (current.compareAndSet(this, null) && !ready.isEmpty()) {
        startWorker(null);
      }
    }

    private void complete(Batch batch) {
      int i = batch.next.getAndIncrement();
      while (i < batch.size()) {
        batch.get(i).complete();
        progress.lazySet(progress.get() + 1);
        if (current.get() != this) {
          return;
        }
        i = batch.next.getAndIncrement();
      }
      finished(batch);
    }
  }
}
