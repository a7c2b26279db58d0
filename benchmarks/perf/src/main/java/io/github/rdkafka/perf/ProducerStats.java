package io.github.rdkafka.perf;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** Counts acknowledged records, and prints what Kafka's tool prints. */
final class ProducerStats {
  private static final double MEGABYTE = 1024 * 1024;
  private static final double MICROS_PER_MILLI = 1000;

  private final boolean steady;
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private final Histogram latencies = new Histogram(TimeUnit.HOURS.toMicros(1), 3);
  private final long begin;
  private long bytes;
  private boolean silent;

  private long windowBegin;
  private long windowCount;
  private long windowBytes;
  private long windowMicros;
  private long windowMost;

  /**
   * @param steady whether it counts what comes after the warm-up
   */
  ProducerStats(long intervalMillis, boolean steady, LongSupplier nanoTime) {
    this.steady = steady;
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
    this.windowBegin = begin;
    this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
  }

  synchronized void record(long latencyNanos, int size) {
    long micros = Math.clamp(latencyNanos / 1000, 0, TimeUnit.HOURS.toMicros(1));
    latencies.recordValue(micros);
    bytes += size;
    windowCount++;
    windowBytes += size;
    windowMicros += micros;
    windowMost = Math.max(windowMost, micros);
    long now = nanoTime.getAsLong();
    if (now - windowBegin >= intervalNanos) {
      endWindow(now);
    }
  }

  /** From now on there is only the total: windows are those of the steady state. */
  synchronized void stopPrintingWindows() {
    silent = true;
  }

  private void endWindow(long now) {
    if (steady && latencies.getTotalCount() == windowCount) {
      System.out.println("In steady state.");
    }
    if (!silent) {
      printWindow((now - windowBegin) / 1e9);
    }
    windowBegin = now;
    windowCount = 0;
    windowBytes = 0;
    windowMicros = 0;
    windowMost = 0;
  }

  private void printWindow(double seconds) {
    System.out.printf(
        Locale.ROOT,
        "%d records sent, %.1f records/sec (%.2f MB/sec), %.1f ms avg latency, %.1f ms max"
            + " latency.%n",
        windowCount,
        windowCount / seconds,
        windowBytes / MEGABYTE / seconds,
        windowMicros / MICROS_PER_MILLI / windowCount,
        windowMost / MICROS_PER_MILLI);
  }

  synchronized void printTotal() {
    double seconds = (nanoTime.getAsLong() - begin) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%d%s records sent, %f records/sec (%.2f MB/sec), %.2f ms avg latency, %.2f ms max latency,"
            + " %d ms 50th, %d ms 95th, %d ms 99th, %d ms 99.9th.%n",
        latencies.getTotalCount(),
        steady ? " steady state" : "",
        latencies.getTotalCount() / seconds,
        bytes / MEGABYTE / seconds,
        latencies.getMean() / MICROS_PER_MILLI,
        latencies.getMaxValue() / MICROS_PER_MILLI,
        millisAt(50),
        millisAt(95),
        millisAt(99),
        millisAt(99.9));
  }

  private long millisAt(double percentile) {
    return Math.round(latencies.getValueAtPercentile(percentile) / MICROS_PER_MILLI);
  }
}
