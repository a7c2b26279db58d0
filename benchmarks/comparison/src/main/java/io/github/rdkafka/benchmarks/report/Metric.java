package io.github.rdkafka.benchmarks.report;

import io.github.rdkafka.benchmarks.Cell;
import io.github.rdkafka.benchmarks.Measurement;
import java.util.function.BiFunction;

/** What is told of a run; null where the contender or the work does not have it. */
public enum Metric {
  RECORDS_PER_SECOND("records/s", 0, (cell, m) -> m.records() * 1e9 / m.nanos()),
  MEGABYTES_PER_SECOND("MB/s", 1, (cell, m) -> m.records() * 1e3 * cell.recordBytes() / m.nanos()),
  CPU_STEADY("CPU µs/record, steady", 3, (cell, m) -> m.cpuNanos() / 1e3 / m.records()),
  CPU_WHOLE("CPU µs/record, whole process", 3, (cell, m) -> m.allCpuNanos() / 1e3 / m.allRecords()),
  PEAK_MEMORY("peak memory MiB", 0, (cell, m) -> m.peakRssBytes() / 1024.0 / 1024.0),
  GC_COUNT("collections", 0, (cell, m) -> number(m.gcCount())),
  GC_PAUSE("GC pause ms", 0, (cell, m) -> number(m.gcMillis())),
  ALLOCATED("allocated B/record, beyond key and value", 1, Metric::allocated),
  LATENCY_P50("latency p50 ms", 2, (cell, m) -> millis(m.p50Micros())),
  LATENCY_P99("latency p99 ms", 2, (cell, m) -> millis(m.p99Micros())),
  LATENCY_P999("latency p99.9 ms", 2, (cell, m) -> millis(m.p999Micros())),
  FIRST("start to first record ms", 0, (cell, m) -> m.firstMillis());

  private final String label;
  private final int digits;

  @SuppressWarnings("ImmutableEnumChecker") // all of them are lambdas that capture nothing
  private final BiFunction<Cell, Measurement, Double> formula;

  Metric(String label, int digits, BiFunction<Cell, Measurement, Double> formula) {
    this.label = label;
    this.digits = digits;
    this.formula = formula;
  }

  public String label() {
    return label;
  }

  /** How many decimals make sense. */
  public int digits() {
    return digits;
  }

  public Double of(Cell cell, Measurement measurement) {
    return formula.apply(cell, measurement);
  }

  private static Double allocated(Cell cell, Measurement m) {
    return m.allocatedBytes() == null
        ? null
        : (double) (m.allocatedBytes() - m.arrayBytes()) / m.records();
  }

  private static Double number(Long count) {
    return count == null ? null : count.doubleValue();
  }

  private static Double millis(Double micros) {
    return micros == null ? null : micros / 1e3;
  }
}
