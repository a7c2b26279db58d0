package io.github.rdkafka.examples.quickstart;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What moving some records took.
 *
 * @param nanos by the clock on the wall
 * @param cpuNanos of all threads of the process: the client's, Java's and native ones, the JIT's
 *     and the garbage collector's
 */
record Measurement(int records, long nanos, long cpuNanos) {

  double recordsPerSecond() {
    return records * 1e9 / nanos;
  }

  double cpuMicrosPerRecord() {
    return cpuNanos / 1e3 / records;
  }

  /** Runs from its creation. */
  static final class Stopwatch {
    private static final OperatingSystemMXBean SYSTEM =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long cpu = SYSTEM.getProcessCpuTime();
    private final long begin = System.nanoTime();

    Measurement stop(int records) {
      long end = System.nanoTime();
      return new Measurement(records, end - begin, SYSTEM.getProcessCpuTime() - cpu);
    }
  }
}
