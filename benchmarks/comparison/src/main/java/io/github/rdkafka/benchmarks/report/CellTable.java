package io.github.rdkafka.benchmarks.report;

import io.github.rdkafka.benchmarks.CellResult;
import io.github.rdkafka.benchmarks.Contender;
import io.github.rdkafka.benchmarks.Results;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Records/s and CPU of every cell as a table for Markdown. */
public final class CellTable {
  private static final int DIGITS = 3;
  private static final List<Metric> METRICS = List.of(Metric.RECORDS_PER_SECOND, Metric.CPU_STEADY);

  private CellTable() {}

  public static String of(Results results) {
    StringBuilder head = new StringBuilder("| Cell |");
    StringBuilder rule = new StringBuilder("|---|");
    for (Metric metric : METRICS) {
      String label = metric.label() + ": ";
      for (Contender contender : Contender.values()) {
        head.append(' ').append(label).append(contender.title()).append(" |");
        rule.append("---|");
        label = "";
      }
      head.append(" ours / kafka-clients |");
      rule.append("---|");
    }
    StringBuilder table = head.append('\n').append(rule).append('\n');
    for (CellResult result : results.cells()) {
      table.append(row(result)).append('\n');
    }
    return table.toString();
  }

  private static String row(CellResult result) {
    Summary summary = new Summary(result);
    StringBuilder row = new StringBuilder("| `" + result.cell().id() + "` |");
    for (Metric metric : METRICS) {
      for (Contender contender : Contender.values()) {
        append(row, summary.median(metric, contender));
      }
      append(row, summary.ratio(metric, Contender.RDKAFKA, Contender.KAFKA_CLIENTS));
    }
    return row.toString();
  }

  private static void append(StringBuilder row, Double value) {
    row.append(value == null ? " |" : " " + text(value) + " |");
  }

  private static String text(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS));
    int decimals = Math.max(0, DIGITS - (rounded.precision() - rounded.scale()));
    return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
  }
}
