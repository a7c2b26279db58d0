package io.github.rdkafka.internal.producer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps a sender that is faster than the broker from filling all of {@code buffer.memory} with
 * records that then lie in main memory instead of the processor's caches: with more than {@link
 * #AHEAD} bytes on their way, and some more for each partition, it waits for a delivery report.
 * While reports do not come, it waits once, for {@link #PATIENCE_NANOS}, and then has all of {@code
 * buffer.memory} at hand, as in Kafka, until so little is on its way again.
 */
final class SendPace {
  /** In charged bytes, some 18,000 records of 100 bytes: more than any batch or request needs. */
  static final long AHEAD = 8L << 20;

  /** So that many partitions' batches do not become small: some 150 records of 100 bytes. */
  static final long AHEAD_PER_PARTITION = 64L << 10;

  static final long FARTHEST_AHEAD = 32L << 20;

  /** Longer than linger.ms and a request take with Kafka's defaults and a broker nearby. */
  static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final AtomicLong available;
  private final long total;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition caughtUp = lock.newCondition();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean flowing = true;
  private volatile long enough;

  /**
   * @param available what is left of {@code total}; read only
   */
  SendPace(AtomicLong available, long total) {
    this.available = available;
    this.total = total;
    this.enough = total - Math.min(AHEAD, total);
  }

  /** How many partitions the records are for, or may be. */
  void setPartitions(int partitions) {
    long ahead = Math.min(FARTHEST_AHEAD, AHEAD + partitions * AHEAD_PER_PARTITION);
    enough = total - Math.min(ahead, total);
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
