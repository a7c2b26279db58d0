package io.github.rdkafka.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rdkafka.examples.quickstart.Report.Step;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void comparesBothClients() {
    Map<Client, Map<Step, Measurement>> results = new EnumMap<>(Client.class);
    results.put(Client.RDKAFKA, steps(1_000_000_000L, 1_500_000_000L));
    results.put(Client.KAFKA_CLIENTS, steps(4_000_000_000L, 6_000_000_000L));
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

  private static Map<Step, Measurement> steps(long nanos, long cpuNanos) {
    return Map.of(
        Step.PRODUCE, new Measurement(1_000_000, nanos, cpuNanos),
        Step.CONSUME, new Measurement(1_000_000, 2 * nanos, 2 * cpuNanos));
  }
}
