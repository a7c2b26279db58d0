package io.github.rdkafka.internal.natives;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts native objects that exist, over all clients of this JVM, so that tests can assert zero.
 */
public final class LiveObjects {
  private static final AtomicLong COUNT = new AtomicLong();

  private LiveObjects() {}

  public static long count() {
    return COUNT.get();
  }

  public static void created() {
    COUNT.incrementAndGet();
  }

  public static void destroyed() {
    COUNT.decrementAndGet();
  }
}
