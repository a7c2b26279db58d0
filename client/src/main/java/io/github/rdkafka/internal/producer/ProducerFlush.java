package io.github.rdkafka.internal.producer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.natives.NativeClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for the sends that were made so far. {@code rd_kafka_flush} serves only to switch lingering
 * off meanwhile: it would wait for later sends, too, and cannot be woken.
 */
final class ProducerFlush {
  private static final int SLICE_MILLIS = 100;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A future is done before its dependents have run, its batch after that: hence the looks. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final ProducerState state;
  private final AtomicInteger waiters = new AtomicInteger();
  private final AtomicBoolean flushing = new AtomicBoolean();

  ProducerFlush(ProducerState state) {
    this.state = state;
  }

  /**
   * Waits until the futures of all sends of up to now are done.
   *
   * @param giveUp asked now and then whether to stop waiting
   * @return false when the deadline passed, or waiting was given up
   */
  boolean await(Deadline deadline, BooleanSupplier giveUp) throws InterruptedException {
    state.handOverRecords();
    List<SendFuture> sends = new ArrayList<>();
    // In this order: a send goes from the one to the other.
    state.pending.copyTo(sends);
    state.completions.copyTo(sends);
    if (sends.isEmpty()) {
      return true;
    }
    waiters.incrementAndGet();
    try {
      startFlushing();
      return awaitAll(sends, deadline, giveUp);
    } finally {
      waiters.decrementAndGet();
    }
  }

  private boolean awaitAll(List<SendFuture> sends, Deadline deadline, BooleanSupplier giveUp)
      throws InterruptedException {
    // The last ones first: when they are done, most others are.
    int i = sends.size() - 1;
    while (true) {
      long seen = state.completions.batchesDone();
      while (i >= 0 && sends.get(i).isDone()) {
        i--;
      }
      if (i < 0) {
        return true;
      }
      if (deadline.isExpired() || giveUp.getAsBoolean()) {
        return false;
      }
      state.completions.awaitBatch(seen, Math.min(deadline.remainingNanos(), LOOK_NANOS));
    }
  }

  /**
   * Switches lingering off until nobody waits for memory. Kafka's batches are full long before its
   * memory is; librdkafka's are larger, and what waits for more records would keep new ones out.
   */
  void hurry() {
    startFlushing();
  }

  private boolean isWanted() {
    return waiters.get() > 0 || state.budget.waiting() > 0;
  }

  private void startFlushing() {
    if (flushing.compareAndSet(false, true)) {
      try {
        state.helpers.execute(this::run);
      } catch (Throwable noThread) {
        flushing.set(false);
        throw noThread;
      }
    }
  }

  private void run() {
    boolean go = true;
    while (go) {
      go = flushSlice();
      if (!isWanted() || !go) {
        flushing.set(false);
        go = go && isWanted() && flushing.compareAndSet(false, true);
      }
    }
  }

  /** False when the client is being closed. */
  private boolean flushSlice() {
    NativeClient client = state.client();
    if (!client.enter()) {
      return false;
    }
    int result;
    try {
      result = rd_kafka_flush(client.segment(), SLICE_MILLIS);
    } finally {
      client.exit();
    }
    if (result == 0 && isWanted()) {
      // librdkafka has nothing left; futures are about to be completed.
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
    return true;
  }
}
