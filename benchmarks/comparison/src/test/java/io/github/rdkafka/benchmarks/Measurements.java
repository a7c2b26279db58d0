package io.github.rdkafka.benchmarks;

/** Measurements for tests. */
public final class Measurements {
  private Measurements() {}

  public static Measurement of(long records, long nanos) {
    return of(records, nanos, 1);
  }

  public static Measurement of(long records, long nanos, double firstMillis) {
    return new Measurement(
        records,
        nanos,
        nanos,
        records,
        nanos,
        1L << 20,
        firstMillis,
        1L,
        1L,
        1000L,
        0L,
        null,
        null,
        null,
        null);
  }
}
