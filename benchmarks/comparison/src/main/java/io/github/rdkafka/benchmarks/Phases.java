package io.github.rdkafka.benchmarks;

/**
 * How long a run is.
 *
 * @param warmUpMillis of sending, not measured
 * @param measuredMillis of sending
 * @param recordsToConsume of 100 bytes; fewer when they are larger
 * @param passes how many times they are read; the first is the warm-up
 */
record Phases(long warmUpMillis, long measuredMillis, long recordsToConsume, int passes) {
  static final Phases QUICK = new Phases(1500, 1500, 1_000_000, 3);
  static final Phases FULL = new Phases(5000, 10_000, 3_000_000, 6);

  /** Of starting a process and its first record. */
  private static final double START_SECONDS = 1.2;

  private static final long MOST_BYTES_TO_CONSUME = 1_000_000_000;
  private static final double CONSUMED_PER_SECOND = 1_200_000;
  private static final double CONSUMED_BYTES_PER_SECOND = 500e6;

  long records(Cell cell) {
    return Math.clamp(MOST_BYTES_TO_CONSUME / cell.recordBytes(), 1000, recordsToConsume);
  }

  /** About how long a run takes; for the progress bar. */
  double expectedSeconds(Cell cell) {
    if (cell.work() != Work.CONSUME) {
      return START_SECONDS + 0.5 + (warmUpMillis + measuredMillis) / 1e3;
    }
    double records = (double) records(cell) * passes;
    double rate = Math.min(CONSUMED_PER_SECOND, CONSUMED_BYTES_PER_SECOND / cell.recordBytes());
    return START_SECONDS + records / rate;
  }
}
