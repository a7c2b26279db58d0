package io.github.rdkafka.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void comparesTheMediansOfBothClients() {
    Results results = new Results();
    add(results, Client.RDKAFKA, 4 * SECOND, 15 * SECOND / 10);
    add(results, Client.RDKAFKA, SECOND / 2, 9 * SECOND);
    add(results, Client.RDKAFKA, SECOND, SECOND);
    add(results, Client.KAFKA_CLIENTS, 4 * SECOND, 6 * SECOND);
    add(results, Client.KAFKA_CLIENTS, 4 * SECOND, 60 * SECOND);
    add(results, Client.KAFKA_CLIENTS, 40 * SECOND, SECOND);
    assertEquals(
        """
                       |         produce         |         consume
                       |   records/s  CPU us/rec |   records/s  CPU us/rec
        ---------------+-------------------------+-------------------------
        rdkafka-client |   1,000,000        1.50 |     500,000        3.00
        kafka-clients  |     250,000        6.00 |     125,000       12.00
        ---------------+-------------------------+-------------------------
        ratio          |       4.00x       0.25x |       4.00x       0.25x
        """,
        ResultTable.of(results).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    Results results = new Results();
    for (long cpuSeconds : new long[] {9, 2, 1, 4}) {
      add(results, Client.RDKAFKA, SECOND, cpuSeconds * SECOND);
    }
    assertEquals(3, results.cpuMicrosPerRecord(Client.RDKAFKA, Step.PRODUCE), 1e-9);
    assertEquals(6, results.cpuMicrosPerRecord(Client.RDKAFKA, Step.CONSUME), 1e-9);
  }

  /** Consuming takes twice the time and CPU of producing. */
  private static void add(Results results, Client client, long nanos, long cpuNanos) {
    results.add(client, Step.PRODUCE, new Measurement(1_000_000, nanos, cpuNanos));
    results.add(client, Step.CONSUME, new Measurement(1_000_000, 2 * nanos, 2 * cpuNanos));
  }
}
