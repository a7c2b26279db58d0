package io.github.rdkafka.examples.quickstart;

import io.github.rdkafka.examples.quickstart.Report.Step;
import io.github.rdkafka.testing.KafkaCluster;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Starts a broker, lets each client send records through it, read them back and verify them, and
 * prints how they compare. Exits with 1 if anything is missing or wrong.
 */
public final class Quickstart {
  private final Settings settings;
  private final KafkaCluster kafka;

  private Quickstart(Settings settings, KafkaCluster kafka) {
    this.settings = settings;
    this.kafka = kafka;
  }

  public static void main(String[] args) {
    try {
      Settings settings = Settings.from(System::getProperty);
      System.out.println("Starting a Kafka broker ...");
      try (KafkaCluster kafka = KafkaCluster.start()) {
        new Quickstart(settings, kafka).run();
      }
    } catch (QuickstartException e) {
      System.err.println("Quickstart failed: " + e.getMessage());
      System.exit(1);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void run() {
    if (settings.warmup() > 0) {
      warmUpBroker();
    }
    Map<Client, Map<Step, Measurement>> results = new EnumMap<>(Client.class);
    for (Client client : Client.values()) {
      String warmUpTopic = createTopic("warm-up-" + client.title());
      String topic = createTopic("quickstart-" + client.title());
      ClientJvm jvm = new ClientJvm(client, settings);
      results.put(client, jvm.run(kafka.bootstrapServers(), warmUpTopic, topic));
    }
    System.out.println();
    System.out.print(ResultTable.of(results));
    System.out.println();
    System.out.print(explanation());
  }

  /** Without it the client that comes first would meet a broker whose code is not compiled yet. */
  private void warmUpBroker() {
    String topic = createTopic("warm-up-broker");
    RoundTrip roundTrip =
        new RoundTrip(
            Client.KAFKA_CLIENTS, settings, kafka.bootstrapServers(), topic, settings.warmup());
    roundTrip.produce(new AtomicLong());
    roundTrip.consume(new AtomicLong());
  }

  private String createTopic(String name) {
    kafka.createTopic(name, settings.partitions());
    return name;
  }

  private String explanation() {
    return String.format(
        Locale.ROOT,
        """
        Each client sent and read back %,d records of %d bytes with a key and a header, over %d
        partitions of one broker on this machine (%d processors). Every record was verified: count,
        order, key, header, checksum.
        Both clients ran as shipped (acks=all, idempotent, linger.ms=5; batch.size is 1000000 in
        rdkafka-client and 16384 in kafka-clients)%s.
        Each had a JVM of its own with the same flags, and %,d records before the measured ones to
        warm up, not counted. Produce is from the first send to the last acknowledgement, consume
        from the partitions' assignment to the last record. CPU is that of the client's whole
        process: making and verifying the records, JIT, garbage collector, native threads.
        """,
        settings.records(),
        Workload.VALUE_SIZE,
        settings.partitions(),
        Runtime.getRuntime().availableProcessors(),
        moreConfig(),
        settings.warmup());
  }

  private String moreConfig() {
    String more = "";
    if (!settings.producerConfig().isEmpty()) {
      more += ", with " + settings.producerConfig() + " for both producers";
    }
    if (!settings.consumerConfig().isEmpty()) {
      more += ", with " + settings.consumerConfig() + " for both consumers";
    }
    return more;
  }
}
