package io.github.rdkafka.benchmarks.report;

import io.github.rdkafka.benchmarks.CellResult;
import io.github.rdkafka.benchmarks.Contender;
import io.github.rdkafka.benchmarks.Results;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page shows: medians and ratios are computed here, the page only draws. */
public record PageData(
    String form,
    String started,
    long seconds,
    Map<String, String> machine,
    Map<String, String> versions,
    Map<String, String> parameters,
    List<Named> contenders,
    List<Named> metrics,
    List<Goal.Outcome> goals,
    List<Group> groups,
    List<String> failures) {

  /**
   * An id, and what people read.
   *
   * @param digits decimals; 0 for a contender
   */
  public record Named(String id, String label, int digits) {}

  /** Cells that differ in one dimension. */
  public record Group(String title, String work, List<Row> rows) {}

  /**
   * A cell.
   *
   * @param values of each metric and contender, the median
   * @param runs of each metric and contender, every run
   * @param toKafkaClients of each metric, ours divided by theirs
   * @param toC of each metric, ours divided by the C program's
   */
  public record Row(
      String id,
      String label,
      Map<Metric, Map<Contender, Double>> values,
      Map<Metric, Map<Contender, List<Double>>> runs,
      Map<Metric, Double> toKafkaClients,
      Map<Metric, Double> toC) {}

  public static PageData of(Results results) {
    Map<String, Summary> summaries = new LinkedHashMap<>();
    Map<String, Group> groups = new LinkedHashMap<>();
    for (CellResult result : results.cells()) {
      Summary summary = new Summary(result);
      summaries.put(result.cell().id(), summary);
      groups
          .computeIfAbsent(
              result.cell().group(),
              title -> new Group(title, result.cell().work().name(), new ArrayList<>()))
          .rows()
          .add(row(result, summary));
    }
    return new PageData(
        results.form(),
        results.started(),
        results.seconds(),
        results.machine(),
        results.versions(),
        results.parameters(),
        Arrays.stream(Contender.values()).map(c -> new Named(c.name(), c.title(), 0)).toList(),
        Arrays.stream(Metric.values())
            .map(m -> new Named(m.name(), m.label(), m.digits()))
            .toList(),
        Goal.ALL.stream().map(goal -> goal.outcome(summaries)).toList(),
        List.copyOf(groups.values()),
        results.failures());
  }

  private static Row row(CellResult result, Summary summary) {
    Row row =
        new Row(
            result.cell().id(),
            result.cell().label(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>());
    for (Metric metric : Metric.values()) {
      for (Contender contender : Contender.values()) {
        List<Double> values = summary.values(metric, contender);
        if (!values.isEmpty()) {
          row.values
              .computeIfAbsent(metric, m -> new LinkedHashMap<>())
              .put(contender, Summary.median(values));
          row.runs.computeIfAbsent(metric, m -> new LinkedHashMap<>()).put(contender, values);
        }
      }
      row.toKafkaClients.put(
          metric, summary.ratio(metric, Contender.RDKAFKA, Contender.KAFKA_CLIENTS));
      row.toC.put(metric, summary.ratio(metric, Contender.RDKAFKA, Contender.C));
    }
    return row;
  }
}
