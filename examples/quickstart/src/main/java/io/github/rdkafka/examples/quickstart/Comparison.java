package io.github.rdkafka.examples.quickstart;

import io.github.rdkafka.testing.KafkaCluster;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets both clients do the same, in several rounds. Each has its JVM for all of them, and while one
 * works the other's has no command to work on.
 */
final class Comparison {
  /**
   * Indexes of 1 MiB instead of 10 MB: the broker maps them into memory, and where the system reads
   * far ahead, the first record of each partition has it read both of them, which are empty, for a
   * quarter of a second of a round that may take half of one.
   */
  private static final Map<String, String> TOPIC = Map.of("segment.index.bytes", "1048576");

  private final Settings settings;
  private final KafkaCluster kafka;
  private final Results results = new Results();

  Comparison(Settings settings, KafkaCluster kafka) {
    this.settings = settings;
    this.kafka = kafka;
  }

  /**
   * @throws QuickstartException if a client failed
   */
  Results run() {
    awaitTransactionCoordinator();
    try (ClientJvm rdkafka = startWarm(Client.RDKAFKA);
        ClientJvm kafkaClients = startWarm(Client.KAFKA_CLIENTS)) {
      for (int round = 1; round <= settings.rounds(); round++) {
        boolean odd = round % 2 == 1;
        measure(odd ? rdkafka : kafkaClients, round);
        measure(odd ? kafkaClients : rdkafka, round);
      }
    }
    return results;
  }

  /**
   * With one record. Whoever comes first is turned away for a while, and rdkafka-client logs it.
   */
  private void awaitTransactionCoordinator() {
    Settings asShipped = Settings.from(property -> null);
    String topic = createTopic("first");
    new RoundTrip(Client.KAFKA_CLIENTS, asShipped, kafka.bootstrapServers(), topic, 1)
        .produce(new AtomicLong());
  }

  private ClientJvm startWarm(Client client) {
    String topic = createTopic(client.title() + "-warm-up");
    ClientJvm jvm = ClientJvm.start(client, settings, kafka.bootstrapServers());
    try {
      jvm.run(new Command(Step.WARM_UP, topic), "");
      deleteTopic(topic);
    } catch (RuntimeException e) {
      closeAfter(e, jvm);
      throw e;
    }
    return jvm;
  }

  private static void closeAfter(RuntimeException failure, ClientJvm jvm) {
    try {
      jvm.close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void measure(ClientJvm jvm, int round) {
    String topic = createTopic(jvm.client().title() + "-round-" + round);
    for (Step step : List.of(Step.PRODUCE, Step.CONSUME)) {
      Measurement measurement =
          jvm.run(new Command(step, topic), "%d/%d".formatted(round, settings.rounds()));
      results.add(jvm.client(), step, measurement);
    }
    deleteTopic(topic);
  }

  private String createTopic(String name) {
    kafka.createTopic(name, settings.partitions(), 1, TOPIC);
    return name;
  }

  /** So that the disk has nothing to do with it: what is deleted soon enough is never written. */
  private void deleteTopic(String name) {
    try {
      kafka.admin().deleteTopics(List.of(name)).all().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new QuickstartException("cannot delete topic " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QuickstartException("interrupted", e);
    }
  }
}
