package io.github.rdkafka.benchmarks.report;

import io.github.rdkafka.benchmarks.Results;
import java.util.Locale;

/** The figures to reach as a table for Markdown and the terminal. */
public final class GoalTable {
  private GoalTable() {}

  public static String of(Results results) {
    StringBuilder table = new StringBuilder("| Work | Goal | Measured | |\n|---|---|---|---|\n");
    for (Goal.Outcome outcome : PageData.of(results).goals()) {
      String value =
          outcome.value() == null ? "" : String.format(Locale.ROOT, "%.2f", outcome.value());
      table.append(
          String.format(
              "| %s | %s | %s | %s |%n", outcome.work(), outcome.goal(), value, outcome.verdict()));
    }
    return table.toString();
  }
}
