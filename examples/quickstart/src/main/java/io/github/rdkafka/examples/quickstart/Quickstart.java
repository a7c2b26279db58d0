package io.github.rdkafka.examples.quickstart;

import io.github.rdkafka.testing.KafkaCluster;
import java.util.Map;

/**
 * Starts a broker, lets each client send records through it, read them back and verify them, and
 * prints how they compare. Exits with 1 if anything is missing or wrong.
 */
public final class Quickstart {
  /**
   * A broker keeps the files of a deleted topic for a minute, and deletes none in its first half
   * minute. Each round would be written to memory that nobody has used before, for which a virtual
   * machine has to ask its host page by page: that takes a broker more time than all else it does
   * for a record.
   */
  private static final Map<String, Integer> DELETE_WITHOUT_DELAY =
      Map.of("log.segment.delete.delay.ms", 500, "log.initial.task.delay.ms", 500);

  private Quickstart() {}

  public static void main(String[] args) {
    try {
      Settings settings = Settings.from(System::getProperty);
      System.out.println("Starting a Kafka broker ...");
      try (KafkaCluster kafka = KafkaCluster.builder().properties(DELETE_WITHOUT_DELAY).start()) {
        Results results = new Comparison(settings, kafka).run();
        System.out.println();
        System.out.print(ResultTable.of(results));
        System.out.println();
        System.out.print(Explanation.of(settings));
      }
    } catch (QuickstartException e) {
      System.err.println("Quickstart failed: " + e.getMessage());
      System.exit(1);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }
}
