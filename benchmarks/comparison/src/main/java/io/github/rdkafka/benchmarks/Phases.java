package io.github.rdkafka.benchmarks;

/**
 * How long a run is.
 *
 * @param warmUpMillis of sending, not measured
 * @param measuredMillis of sending
 * @param recordsToConsume of 100 bytes that a topic has; fewer when they are larger
 * @param warmUpPasses how often a consumer reads them before it is measured; in the first one the
 *     JVM still compiles
 * @param measuredPasses how often after that
 */
record Phases(
    long warmUpMillis,
    long measuredMillis,
    long recordsToConsume,
    int warmUpPasses,
    int measuredPasses) {
  static final Phases QUICK = new Phases(2000, 1500, 3_000_000, 2, 2);
  static final Phases FULL = new Phases(5000, 10_000, 9_000_000, 2, 3);

  /** Of starting a process and its first record. */
  private static final double START_SECONDS = 0.8;

  /** The fetch that finds nothing there waits for so long, or a part of it. */
  private static final double END_OF_TOPIC_SECONDS = 0.25;

  private static final long MOST_BYTES_TO_CONSUME = 1_000_000_000;
  private static final double CONSUMED_PER_SECOND = 4_000_000;
  private static final double CONSUMED_BYTES_PER_SECOND = 1e9;

  long records(Cell cell) {
    return Math.clamp(MOST_BYTES_TO_CONSUME / cell.recordBytes(), 1000, recordsToConsume);
  }

  /** About how long a run takes; for the progress bar. */
  double expectedSeconds(Cell cell) {
    if (cell.work() != Work.CONSUME) {
      return START_SECONDS + 0.2 + (warmUpMillis + measuredMillis) / 1e3;
    }
    double passes = warmUpPasses + measuredPasses;
    return START_SECONDS + passes * (END_OF_TOPIC_SECONDS + secondsToRead(cell));
  }

  private double secondsToRead(Cell cell) {
    double rate = Math.min(CONSUMED_PER_SECOND, CONSUMED_BYTES_PER_SECOND / cell.recordBytes());
    return records(cell) / rate;
  }
}
