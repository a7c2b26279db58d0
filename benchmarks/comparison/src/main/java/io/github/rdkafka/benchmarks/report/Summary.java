package io.github.rdkafka.benchmarks.report;

import io.github.rdkafka.benchmarks.Cell;
import io.github.rdkafka.benchmarks.CellResult;
import io.github.rdkafka.benchmarks.Contender;
import io.github.rdkafka.benchmarks.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Medians of a cell's runs, and of the ratios of runs that belong together. */
public final class Summary {
  private final CellResult result;

  public Summary(CellResult result) {
    this.result = result;
  }

  /** One value for each run, oldest first. */
  public List<Double> values(Metric metric, Contender contender) {
    return result.runs().stream()
        .filter(run -> run.contender() == contender)
        .map(run -> metric.of(result.cell(), run.measurement()))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Null when there is no value. */
  public Double median(Metric metric, Contender contender) {
    return median(values(metric, contender));
  }

  Cell cell() {
    return result.cell();
  }

  /** The median of {@code ours / theirs}, round by round; null when there is no pair. */
  public Double ratio(Metric metric, Contender ours, Contender theirs) {
    return median(ratios(metric, ours, theirs));
  }

  /** {@code ours / theirs} of each round that has both. */
  List<Double> ratios(Metric metric, Contender ours, Contender theirs) {
    List<Double> ratios = new ArrayList<>();
    for (Run run : result.runs()) {
      Double value = run.contender() == ours ? metric.of(result.cell(), run.measurement()) : null;
      Double other = value == null ? null : inRound(metric, theirs, run.round());
      if (other != null && other != 0) {
        ratios.add(value / other);
      }
    }
    return ratios;
  }

  private Double inRound(Metric metric, Contender contender, int round) {
    for (Run run : result.runs()) {
      if (run.contender() == contender && run.round() == round) {
        return metric.of(result.cell(), run.measurement());
      }
    }
    return null;
  }

  static Double median(List<Double> values) {
    if (values.isEmpty()) {
      return null;
    }
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
