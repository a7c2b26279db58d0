package io.github.rdkafka.internal.producer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;

/**
 * The bytes of {@code buffer.memory}: a record takes its share before it goes to librdkafka and its
 * delivery report gives it back. Who waits for room is served first come, first served.
 */
public final class MemoryBudget {
  /** Told of those who are about to wait; must not wait itself. */
  @FunctionalInterface
  public interface Shortage {
    /** Somebody finds no room. */
    void ofMemory();

    /** Somebody is ahead of the reports. */
    default void ofPace() {}
  }

  /** Somebody who waits for room; guarded by the lock. */
  private static final class Waiter {
    final int bytes;
    final Condition turn;
    boolean served;

    Waiter(int bytes, Condition turn) {
      this.bytes = bytes;
      this.turn = turn;
    }
  }

  private final long total;
  private final int poolableSize;
  private final AtomicLong available;
  private final SendPace pace;
  private final Shortage shortage;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private volatile int waiting;
  private volatile boolean closed;
  private final LongAdder waitedNanos = new LongAdder();
  private final LongAdder exhausted = new LongAdder();

  /**
   * @param total bytes to give out
   * @param poolableSize {@code batch.size}, which Kafka names when there is no room
   * @param shortage told whenever somebody has to wait
   */
  public MemoryBudget(long total, int poolableSize, Shortage shortage) {
    this.total = total;
    this.poolableSize = poolableSize;
    this.shortage = shortage;
    this.available = new AtomicLong(total);
    this.pace = new SendPace(available, total);
  }

  public long total() {
    return total;
  }

  /** How many partitions the records are for, or may be. */
  public void setPartitions(int partitions) {
    pace.setPartitions(partitions);
  }

  public long available() {
    return available.get();
  }

  /** How many threads wait for room. */
  public int waiting() {
    return waiting;
  }

  /** How long threads have waited for room, in all. */
  public long waitedNanos() {
    return waitedNanos.sum();
  }

  /** How many have given up waiting. */
  public long exhausted() {
    return exhausted.sum();
  }

  /**
   * Takes {@code bytes}, waiting for them if need be.
   *
   * @param bytes at most {@link #total}
   * @param maxWaitMillis 0 to fail instead of waiting
   * @throws BufferExhaustedException when there was no room in time
   * @throws KafkaException when the producer was closed meanwhile
   */
  public void reserve(int bytes, long maxWaitMillis) throws InterruptedException {
    throwIfClosed();
    if (maxWaitMillis > 0 && pace.isAhead()) {
      shortage.ofPace();
      pace.await();
    }
    if (waiting == 0 && tryTake(bytes)) {
      return;
    }
    long begun = System.nanoTime();
    try {
      waitFor(bytes, maxWaitMillis);
    } catch (BufferExhaustedException noRoom) {
      exhausted.increment();
      throw noRoom;
    } finally {
      waitedNanos.add(System.nanoTime() - begun);
    }
  }

  private boolean tryTake(int bytes) {
    long left = available.get();
    while (left >= bytes) {
      if (available.weakCompareAndSetVolatile(left, left - bytes)) {
        return true;
      }
      left = available.get();
    }
    return false;
  }

  private void waitFor(int bytes, long maxWaitMillis) throws InterruptedException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(maxWaitMillis);
    lock.lockInterruptibly();
    Waiter waiter = new Waiter(bytes, lock.newCondition());
    waiters.addLast(waiter);
    waiting = waiters.size();
    boolean served = false;
    try {
      shortage.ofMemory();
      throwIfClosed();
      // Bytes given back before this point may have seen nobody waiting.
      serveWaiters();
      while (!waiter.served) {
        if (nanos <= 0) {
          throw exhausted(bytes, maxWaitMillis);
        }
        nanos = waiter.turn.awaitNanos(nanos);
        // Though the sends that a close fails leave room.
        throwIfClosed();
      }
      served = true;
    } finally {
      if (!served) {
        giveUp(waiter);
      }
      lock.unlock();
    }
  }

  private void giveUp(Waiter waiter) {
    if (waiter.served) {
      pace.released(available.addAndGet(waiter.bytes));
    } else {
      waiters.remove(waiter);
      waiting = waiters.size();
    }
    serveWaiters();
  }

  /** Gives {@code bytes} back. */
  public void release(long bytes) {
    pace.released(available.addAndGet(bytes));
    if (waiting > 0) {
      lock.lock();
      try {
        serveWaiters();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Lets nobody wait any more: those who do get a {@link KafkaException}. */
  public void close() {
    closed = true;
    lock.lock();
    try {
      waiters.forEach(waiter -> waiter.turn.signal());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes for those who wait whatever there is room for. If each took its bytes when it wakes up,
   * all others would queue up behind it meanwhile, each to be woken up for a single record.
   */
  private void serveWaiters() {
    Waiter first = waiters.peekFirst();
    while (first != null && tryTake(first.bytes)) {
      waiters.removeFirst();
      first.served = true;
      first.turn.signal();
      first = waiters.peekFirst();
    }
    waiting = waiters.size();
  }

  private void throwIfClosed() {
    if (closed) {
      throw new KafkaException("Producer closed while allocating memory");
    }
  }

  private BufferExhaustedException exhausted(int bytes, long maxWaitMillis) {
    return new BufferExhaustedException(
        "Failed to allocate "
            + bytes
            + " bytes within the configured max blocking time "
            + maxWaitMillis
            + " ms. Total memory: "
            + total
            + " bytes. Available memory: "
            + available()
            + " bytes. Poolable size: "
            + poolableSize
            + " bytes");
  }
}
