package io.github.rdkafka.internal.producer.transactions;

import io.github.rdkafka.internal.Deadline;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** How a call ends that goes on whether somebody waits for it or not. */
final class Outcome {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final String request;
  private final CountDownLatch over = new CountDownLatch(1);
  private RuntimeException failure;
  private volatile boolean seen;

  Outcome(String request) {
    this.request = request;
  }

  synchronized void succeed() {
    over.countDown();
  }

  /** Has no effect when it is over already. */
  synchronized void fail(RuntimeException reason) {
    if (over.getCount() > 0) {
      failure = reason;
      over.countDown();
    }
  }

  private synchronized RuntimeException failure() {
    return failure;
  }

  boolean isOver() {
    return over.getCount() == 0;
  }

  /** Whether somebody has been told. */
  boolean isSeen() {
    return seen;
  }

  /**
   * Waits until it is over, and throws what it failed with.
   *
   * @param timeoutReason what is added to the message of a {@link TimeoutException}
   */
  void await(long timeoutMs, String timeoutReason) {
    try {
      if (!over.await(timeoutMs, TimeUnit.MILLISECONDS)) {
        throw new TimeoutException(
            "Timeout expired after "
                + timeoutMs
                + "ms while awaiting "
                + request
                + ". "
                + timeoutReason);
      }
    } catch (InterruptedException interrupt) {
      throw new InterruptException("Received interrupt while awaiting " + request, interrupt);
    }
    tell();
  }

  private void tell() {
    seen = true;
    RuntimeException reason = failure();
    if (reason != null) {
      throw reason;
    }
  }

  /** As {@link #await}, for what is over at once; an interrupt is kept for later. */
  boolean awaitUninterruptibly(Deadline deadline) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          if (!over.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
            return false;
          }
          tell();
          return true;
        } catch (InterruptedException interrupt) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits without looking at how it ended; false when it is not over in time. */
  boolean awaitEnd(Deadline deadline, BooleanSupplier giveUp) throws InterruptedException {
    while (!over.await(Math.min(LOOK_NANOS, deadline.remainingNanos()), TimeUnit.NANOSECONDS)) {
      if (deadline.isExpired() || giveUp.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }
}
