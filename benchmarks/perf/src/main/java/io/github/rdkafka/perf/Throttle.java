package io.github.rdkafka.perf;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Holds the sender to a rate. */
final class Throttle {
  private final double perSecond;
  private final long begin = System.nanoTime();

  /**
   * @param perSecond negative for no limit
   */
  Throttle(double perSecond) {
    this.perSecond = perSecond;
  }

  /** Waits until so many records may have been sent. */
  void await(long sent) {
    if (perSecond < 0) {
      return;
    }
    long due = begin + (long) (sent / perSecond * TimeUnit.SECONDS.toNanos(1));
    long now = System.nanoTime();
    while (now < due && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(due - now);
      now = System.nanoTime();
    }
  }
}
