package io.github.rdkafka.examples.quickstart;

import io.github.rdkafka.examples.quickstart.Report.Step;
import java.util.Locale;
import java.util.Map;

/** Both clients side by side, and how many times the one's figures the other's are. */
final class ResultTable {
  private static final String HEAD =
      """
                     |         produce         |         consume
                     |   records/s  CPU us/rec |   records/s  CPU us/rec
      """;
  private static final String RULE = "---------------+-------------------------+" + "-".repeat(25);

  private ResultTable() {}

  static String of(Map<Client, Map<Step, Measurement>> results) {
    StringBuilder table = new StringBuilder(HEAD).append(RULE).append('\n');
    results.forEach((client, steps) -> table.append(row(client, steps)));
    Map<Step, Measurement> ours = results.get(Client.RDKAFKA);
    Map<Step, Measurement> theirs = results.get(Client.KAFKA_CLIENTS);
    return table.append(RULE).append('\n').append(ratio(ours, theirs)).toString();
  }

  private static String row(Client client, Map<Step, Measurement> steps) {
    Measurement produce = steps.get(Step.PRODUCE);
    Measurement consume = steps.get(Step.CONSUME);
    return String.format(
        Locale.ROOT,
        "%-14s |%,12.0f %11.2f |%,12.0f %11.2f%n",
        client.title(),
        produce.recordsPerSecond(),
        produce.cpuMicrosPerRecord(),
        consume.recordsPerSecond(),
        consume.cpuMicrosPerRecord());
  }

  private static String ratio(Map<Step, Measurement> ours, Map<Step, Measurement> theirs) {
    Measurement produce = ours.get(Step.PRODUCE);
    Measurement consume = ours.get(Step.CONSUME);
    return String.format(
        Locale.ROOT,
        "%-14s |%11.2fx %10.2fx |%11.2fx %10.2fx%n",
        "ratio",
        produce.recordsPerSecond() / theirs.get(Step.PRODUCE).recordsPerSecond(),
        produce.cpuMicrosPerRecord() / theirs.get(Step.PRODUCE).cpuMicrosPerRecord(),
        consume.recordsPerSecond() / theirs.get(Step.CONSUME).recordsPerSecond(),
        consume.cpuMicrosPerRecord() / theirs.get(Step.CONSUME).cpuMicrosPerRecord());
  }
}
