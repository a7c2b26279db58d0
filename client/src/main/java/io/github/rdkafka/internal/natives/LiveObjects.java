package io.github.rdkafka.internal.natives;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts native objects that have been created and not yet destroyed, so that tests can assert
 * zero.
 */
public final class LiveObjects {
  private static final AtomicLong COUNT = new AtomicLong();

  private LiveObjects() {}

  public static long count() {
    return COUNT.get();
  }

  static void created() {
    COUNT.incrementAndGet();
  }

  static void destroyed() {
    COUNT.decrementAndGet();
  }
}
