package io.github.rdkafka.benchmarks;

/** Measurements for tests. */
public final class Measurements {
  private Measurements() {}

  public static Measurement of(long records, long nanos) {
    return new Measurement(
        records, nanos, nanos, records, nanos, 1L << 20, 1, 1L, 1L, 1000L, 0L, null, null, null,
        null);
  }
}
