package io.github.rdkafka.benchmarks.report;

import static io.github.rdkafka.benchmarks.Contender.C;
import static io.github.rdkafka.benchmarks.Contender.KAFKA_CLIENTS;
import static io.github.rdkafka.benchmarks.Contender.RDKAFKA;

import io.github.rdkafka.benchmarks.Contender;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A figure to reach.
 *
 * @param cell null for all cells whose runs have the usual start
 * @param against the contender that ours is divided by; null for a figure of ours alone
 * @param base the cell whose value of ours is the divisor; null for none
 * @param atLeast whether more is better
 */
record Goal(
    String work,
    String cell,
    Metric metric,
    Contender against,
    String base,
    boolean atLeast,
    double bound) {

  /**
   * A goal and what came of it.
   *
   * @param value null if it was not measured
   */
  record Outcome(String work, String goal, Double value, String verdict) {}

  /** Those of the project. */
  static final List<Goal> ALL = all();

  private static List<Goal> all() {
    List<Goal> goals = new ArrayList<>();
    for (String cell : List.of("produce-acks-1", "produce-all")) {
      String work =
          cell.equals("produce-all")
              ? "produce 100 B, acks=all, idempotent"
              : "produce 100 B, acks=1";
      goals.add(least(work, cell, Metric.RECORDS_PER_SECOND, KAFKA_CLIENTS, 4));
      goals.add(least(work, cell, Metric.RECORDS_PER_SECOND, C, 0.95));
      goals.add(most(work, cell, Metric.CPU_STEADY, KAFKA_CLIENTS, 0.25));
      goals.add(most(work, cell, Metric.CPU_STEADY, C, 1.25));
    }
    String consume = "consume 100 B";
    goals.add(least(consume, "consume-100", Metric.RECORDS_PER_SECOND, KAFKA_CLIENTS, 1.2));
    goals.add(least(consume, "consume-100", Metric.RECORDS_PER_SECOND, C, 1));
    goals.add(most(consume, "consume-100", Metric.CPU_STEADY, KAFKA_CLIENTS, 0.8));
    goals.add(
        most(
            "20,000 records/s, acks=all",
            "latency-20000-all",
            Metric.LATENCY_P99,
            KAFKA_CLIENTS,
            0.7));
    goals.add(most("produce over TLS", "produce-tls", Metric.CPU_STEADY, KAFKA_CLIENTS, 0.5));
    goals.add(most("consume over TLS", "consume-tls", Metric.CPU_STEADY, KAFKA_CLIENTS, 0.5));
    goals.add(most("produce 100 B", "produce-acks-1", Metric.ALLOCATED, null, 120));
    goals.add(most(consume, "consume-100", Metric.ALLOCATED, null, 150));
    goals.add(most("produce 100 B", "produce-acks-1", Metric.PEAK_MEMORY, KAFKA_CLIENTS, 0.5));
    goals.add(most(consume, "consume-100", Metric.PEAK_MEMORY, KAFKA_CLIENTS, 0.5));
    goals.add(most("start of the JVM to first ack", null, Metric.FIRST, KAFKA_CLIENTS, 0.8));
    goals.add(
        new Goal(
            "produce, 1000 partitions against 1",
            "produce-1000-partitions",
            Metric.CPU_STEADY,
            null,
            "produce-1-partitions",
            false,
            1.5));
    return List.copyOf(goals);
  }

  private static Goal least(String work, String cell, Metric metric, Contender against, double b) {
    return new Goal(work, cell, metric, against, null, true, b);
  }

  private static Goal most(String work, String cell, Metric metric, Contender against, double b) {
    return new Goal(work, cell, metric, against, null, false, b);
  }

  Outcome outcome(Map<String, Summary> cells) {
    Double value = value(cells);
    String verdict =
        value == null
            ? "not measured"
            : (atLeast ? value >= bound : value <= bound) ? "met" : "not met";
    return new Outcome(work, description(), value, verdict);
  }

  private Double value(Map<String, Summary> cells) {
    if (cell == null) {
      return Summary.median(
          cells.values().stream()
              .filter(summary -> summary.cell().startsAsUsual())
              .flatMap(summary -> summary.ratios(metric, RDKAFKA, against).stream())
              .toList());
    }
    Summary summary = cells.get(cell);
    if (summary == null) {
      return null;
    }
    if (against != null) {
      return summary.ratio(metric, RDKAFKA, against);
    }
    Double ours = summary.median(metric, RDKAFKA);
    if (base == null || ours == null) {
      return ours;
    }
    Double divisor = cells.containsKey(base) ? cells.get(base).median(metric, RDKAFKA) : null;
    return divisor == null ? null : ours / divisor;
  }

  private String description() {
    String limit =
        (atLeast ? "≥ " : "≤ ")
            + new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(bound);
    if (against != null) {
      return metric.label() + " " + limit + " × " + against.title();
    }
    return metric.label() + " " + limit + (base == null ? "" : " ×");
  }
}
