package io.github.rdkafka.examples.quickstart;

import java.util.Locale;

/** Both clients side by side, and how many times the one's figures the other's are. */
final class ResultTable {
  private static final String HEAD =
      """
                     |         produce         |         consume
                     |   records/s  CPU us/rec |   records/s  CPU us/rec
      """;
  private static final String RULE =
      "---------------+-------------------------+" + "-".repeat(25) + "\n";

  private ResultTable() {}

  static String of(Results results) {
    StringBuilder table = new StringBuilder(HEAD).append(RULE);
    for (Client client : Client.values()) {
      table.append(row(client, results));
    }
    return table.append(RULE).append(ratio(results)).toString();
  }

  private static String row(Client client, Results results) {
    return String.format(
        Locale.ROOT,
        "%-14s |%,12.0f %11.2f |%,12.0f %11.2f%n",
        client.title(),
        results.recordsPerSecond(client, Step.PRODUCE),
        results.cpuMicrosPerRecord(client, Step.PRODUCE),
        results.recordsPerSecond(client, Step.CONSUME),
        results.cpuMicrosPerRecord(client, Step.CONSUME));
  }

  private static String ratio(Results results) {
    return String.format(
        Locale.ROOT,
        "%-14s |%11.2fx %10.2fx |%11.2fx %10.2fx%n",
        "ratio",
        speedRatio(results, Step.PRODUCE),
        cpuRatio(results, Step.PRODUCE),
        speedRatio(results, Step.CONSUME),
        cpuRatio(results, Step.CONSUME));
  }

  private static double speedRatio(Results results, Step step) {
    return results.recordsPerSecond(Client.RDKAFKA, step)
        / results.recordsPerSecond(Client.KAFKA_CLIENTS, step);
  }

  private static double cpuRatio(Results results, Step step) {
    return results.cpuMicrosPerRecord(Client.RDKAFKA, step)
        / results.cpuMicrosPerRecord(Client.KAFKA_CLIENTS, step);
  }
}
