package io.github.rdkafka.internal.producer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.natives.NativeClient;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the native side within a time limit: lets records be delivered, fails those that were not,
 * and destroys the client in the background.
 */
final class ProducerClose {
  private static final Logger LOG = LoggerFactory.getLogger(ProducerClose.class);

  /** How much longer than its timeout each step of a close may take. */
  private static final long GRACE_MILLIS = 300;

  /** How long a close that has failed records waits for librdkafka to end, if it has the time. */
  private static final long LONGEST_DESTRUCTION_MILLIS = 5_000;

  private final ProducerState state;
  private final ProducerFlush flush;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean forced;

  ProducerClose(ProducerState state, ProducerFlush flush) {
    this.state = state;
    this.flush = flush;
  }

  /**
   * Closes, or waits for the close that is going on; a shorter timeout than that one's applies to
   * it.
   *
   * @param failure takes an {@link InterruptException}
   * @return whether this call is the one that closed
   */
  boolean close(long timeoutMs, AtomicReference<Throwable> failure) {
    boolean onLoop = state.client().loop().isCurrentThread();
    Deadline deadline = Deadline.afterMillis(onLoop ? 0 : timeoutMs);
    if (!begun.compareAndSet(false, true)) {
      if (!onLoop) {
        join(deadline, failure);
      }
      return false;
    }
    try {
      state.refuseSends();
      boolean delivered =
          !onLoop && awaitDelivery(deadline, failure) && finishTransaction(deadline, failure);
      if (!delivered) {
        LOG.info(
            "Proceeding to force close the producer since pending requests could not be completed"
                + " within timeout {} ms.",
            timeoutMs);
        state.transactions().close();
        purge();
      }
      boolean interrupted = destroy(onLoop, delivered, deadline, failure);
      if (interrupted) {
        LOG.debug("Interrupted while closing; the rest goes on in the background");
      }
    } finally {
      state.transactions().close();
      state.helpers.shutdown();
      finished.countDown();
    }
    return true;
  }

  private void join(Deadline deadline, AtomicReference<Throwable> failure) {
    try {
      if (!finished.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        forced = true;
        finished.await(3 * GRACE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException interrupt) {
      failure.compareAndSet(null, new InterruptException(interrupt));
    }
  }

  private boolean awaitDelivery(Deadline deadline, AtomicReference<Throwable> failure) {
    try {
      // No sender is between "not closed" and its slot any more.
      return state.awaitSenders(deadline.orAfterMillis(GRACE_MILLIS))
          && flush.await(deadline, () -> forced);
    } catch (InterruptedException interrupt) {
      failure.compareAndSet(null, new InterruptException(interrupt));
      return false;
    }
  }

  private boolean finishTransaction(Deadline deadline, AtomicReference<Throwable> failure) {
    try {
      return state.transactions().finish(deadline, () -> forced);
    } catch (InterruptedException interrupt) {
      failure.compareAndSet(null, new InterruptException(interrupt));
      return false;
    }
  }

  /** Has everything reported on that is still queued or unanswered. */
  private void purge() {
    NativeClient client = state.client();
    state.handOverRecords();
    if (client.enter()) {
      try {
        rd_kafka_purge(
            client.segment(),
            RD_KAFKA_PURGE_F_QUEUE()
                | RD_KAFKA_PURGE_F_INFLIGHT()
                | RD_KAFKA_PURGE_F_NON_BLOCKING());
      } finally {
        client.exit();
      }
    }
  }

  /**
   * The event loop fails what remains without a report before it ends. A forced close does not wait
   * for a call that librdkafka does not return from: the client is destroyed when it does.
   */
  private boolean destroy(
      boolean onLoop, boolean delivered, Deadline deadline, AtomicReference<Throwable> failure) {
    try {
      if (!onLoop && !delivered) {
        flush.await(Deadline.afterMillis(GRACE_MILLIS), () -> false);
      }
      long left = Math.max(GRACE_MILLIS, deadline.remainingMillis());
      Deadline rest =
          Deadline.afterMillis(delivered ? left : Math.min(left, LONGEST_DESTRUCTION_MILLIS));
      state.client().close(rest, 0);
      if (!onLoop && !delivered) {
        flush.await(Deadline.afterMillis(GRACE_MILLIS), () -> false);
      }
      return false;
    } catch (InterruptedException interrupt) {
      failure.compareAndSet(null, new InterruptException(interrupt));
      closeInBackground();
      return true;
    }
  }

  private void closeInBackground() {
    try {
      state.client().close(Deadline.afterMillis(0), 0);
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }
}
