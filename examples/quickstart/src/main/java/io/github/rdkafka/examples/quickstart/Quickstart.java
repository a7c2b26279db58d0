package io.github.rdkafka.examples.quickstart;

import io.github.rdkafka.testing.KafkaCluster;

/**
 * Starts a broker, lets each client send records through it, read them back and verify them, and
 * prints how they compare. Exits with 1 if anything is missing or wrong.
 */
public final class Quickstart {
  private Quickstart() {}

  public static void main(String[] args) {
    try {
      Settings settings = Settings.from(System::getProperty);
      System.out.println("Starting a Kafka broker ...");
      try (KafkaCluster kafka = KafkaCluster.start()) {
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
