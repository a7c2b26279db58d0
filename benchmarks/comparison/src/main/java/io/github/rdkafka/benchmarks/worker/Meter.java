package io.github.rdkafka.benchmarks.worker;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.rdkafka.benchmarks.Measurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Reads the clocks and counters of this process before and after each measured phase. */
final class Meter {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private static final List<GarbageCollectorMXBean> PAUSES =
      ManagementFactory.getGarbageCollectorMXBeans().stream()
          .filter(bean -> !bean.getName().contains("Concurrent"))
          .toList();

  private record Reading(long nanos, long cpuNanos, long allocated, long gcCount, long gcMillis) {
    static Reading now() {
      return new Reading(
          System.nanoTime(),
          SYSTEM.getProcessCpuTime(),
          THREADS.getTotalThreadAllocatedBytes(),
          PAUSES.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum(),
          PAUSES.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum());
    }

    /** What was added since the beginning, and before. */
    Reading since(Reading begin, Reading before) {
      return new Reading(
          before.nanos + nanos - begin.nanos,
          before.cpuNanos + cpuNanos - begin.cpuNanos,
          before.allocated + allocated - begin.allocated,
          before.gcCount + gcCount - begin.gcCount,
          before.gcMillis + gcMillis - begin.gcMillis);
    }
  }

  private Reading begin;
  private Reading measured = new Reading(0, 0, 0, 0, 0);

  void begin() {
    begin = Reading.now();
  }

  void end() {
    measured = Reading.now().since(begin, measured);
  }

  /**
   * @param latencies null unless the work measures them
   */
  Measurement measurement(
      long records, long allRecords, double firstMillis, long arrayBytes, Histogram latencies) {
    return new Measurement(
        records,
        measured.nanos,
        measured.cpuNanos,
        allRecords,
        SYSTEM.getProcessCpuTime(),
        peakRssBytes(),
        firstMillis,
        measured.gcCount,
        measured.gcMillis,
        measured.allocated,
        arrayBytes,
        micros(latencies, 50),
        micros(latencies, 99),
        micros(latencies, 99.9),
        micros(latencies, 100));
  }

  private static Double micros(Histogram latencies, double percentile) {
    return latencies == null ? null : latencies.getValueAtPercentile(percentile) / 1e3;
  }

  private static long peakRssBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("/proc/self/status has no VmHWM");
  }
}
