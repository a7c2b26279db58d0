package io.github.rdkafka.internal.producer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps a sender that is faster than the broker from filling all of {@code buffer.memory} with
 * records that then lie in main memory instead of the processor's caches: with more than {@link
 * #AHEAD} bytes on their way it waits for a delivery report. While reports do not come, it waits
 * once, for {@link #PATIENCE_NANOS}, and then has all of {@code buffer.memory} at hand, as in
 * Kafka, until less than {@link #AHEAD} is on its way again.
 */
final class SendPace {
  /** In charged bytes, some 18,000 records of 100 bytes: more than any batch or request needs. */
  static final long AHEAD = 8L << 20;

  static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final AtomicLong available;
  private final long enough;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition caughtUp = lock.newCondition();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean flowing = true;

  /**
   * @param available what is left of {@code total}; read only
   */
  SendPace(AtomicLong available, long total) {
    this.available = available;
    this.enough = total - Math.min(AHEAD, total);
  }

  boolean isAhead() {
    return flowing && available.get() < enough;
  }

  /** Waits for the reports, never longer than {@link #PATIENCE_NANOS}; an interrupt ends it. */
  void await() {
    waiting.incrementAndGet();
    lock.lock();
    try {
      long nanos = PATIENCE_NANOS;
      while (isAhead()) {
        nanos = caughtUp.awaitNanos(nanos);
        if (nanos <= 0 && isAhead()) {
          flowing = false;
          caughtUp.signalAll();
        }
      }
    } catch (InterruptedException e) {
      // only waiting for room may throw it, as in Kafka
      Thread.currentThread().interrupt();
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }

  /** Bytes have been given back and {@code left} are free now. */
  void released(long left) {
    if (left < enough) {
      return;
    }
    if (!flowing) {
      flowing = true;
    }
    if (waiting.get() > 0) {
      lock.lock();
      try {
        caughtUp.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
