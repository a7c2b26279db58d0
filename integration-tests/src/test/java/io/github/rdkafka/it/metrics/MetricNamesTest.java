package io.github.rdkafka.it.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.rdkafka.it.SharedCluster;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After the same work, both kinds of clients have the same metrics, but for those listed. */
@Timeout(120)
class MetricNamesTest {
  /** What we show beside Kafka's. */
  private static final Set<String> OURS_ALONE =
      Set.of(
          "app-info [client-id] librdkafka-version", "app-info [client-id] rdkafka-java-version");

  @Test
  void producersHaveTheSameMetrics() throws Exception {
    compare("producer", MetricNamesTest::producerNames);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void consumersHaveTheSameMetrics(String protocol) throws Exception {
    compare("consumer", clients -> consumerNames(clients, protocol));
  }

  @Test
  void consumersWithoutGroupHaveTheSameMetrics() throws Exception {
    compare("consumer", MetricNamesTest::assignedNames);
  }

  /** Names stay where there is nothing to tell, so that dashboards and alerts find them. */
  @ParameterizedTest
  @CsvSource({"0, none", "0, lz4", "200, lz4"})
  void namesDoNotDependOnConfiguration(int interval, String compression) throws Exception {
    Set<String> usual = producerNames(Clients.OURS);
    usual.removeIf(name -> name.startsWith("producer-node-metrics"));

    Set<String> names = new TreeSet<>();
    String topic = SharedCluster.newTopic(1);
    try (Producer<String, String> producer =
        Clients.OURS.producer(
            Clients.producerConfig(
                "librdkafka.statistics.interval.ms", interval, "compression.type", compression))) {
      Work.produce(producer, topic);
      names.addAll(names(producer.metrics()));
    }
    names.removeIf(name -> name.startsWith("producer-node-metrics"));

    assertEquals(usual, names);
  }

  @FunctionalInterface
  private interface Names {
    Set<String> of(Clients clients) throws Exception;
  }

  private static void compare(String kind, Names work) throws Exception {
    Set<String> kafkas = work.of(Clients.KAFKA);
    Set<String> ours = work.of(Clients.OURS);
    Map<String, String> reasons = MissingMetrics.reasons(kind);

    Set<String> missing = new TreeSet<>(kafkas);
    missing.removeAll(ours);
    missing.removeAll(reasons.keySet());
    assertEquals(Set.of(), missing, "missing without a reason");

    Set<String> listedButThere = new TreeSet<>(ours);
    listedButThere.retainAll(reasons.keySet());
    assertEquals(Set.of(), listedButThere, "listed as missing");

    Set<String> more = new TreeSet<>(ours);
    more.removeAll(kafkas);
    assertEquals(new TreeSet<>(OURS_ALONE), more, "that Kafka's client does not have");
  }

  @Test
  void whatIsListedAsMissingIsKafkas() throws Exception {
    Set<String> kafkas = new TreeSet<>(producerNames(Clients.KAFKA));
    kafkas.addAll(consumerNames(Clients.KAFKA, "classic"));
    kafkas.addAll(consumerNames(Clients.KAFKA, "consumer"));
    Set<String> listed = new TreeSet<>(MissingMetrics.reasons("producer").keySet());
    listed.addAll(MissingMetrics.reasons("consumer").keySet());

    listed.removeAll(kafkas);
    assertEquals(Set.of(), listed);
    assertFalse(kafkas.isEmpty());
  }

  private static Set<String> producerNames(Clients clients) throws Exception {
    String topic = dottedTopic();
    try (Producer<String, String> producer = clients.producer(Clients.producerConfig())) {
      Work.produce(producer, topic);
      awaitNodes(producer.metrics());
      return names(producer.metrics());
    }
  }

  private static Set<String> consumerNames(Clients clients, String protocol) throws Exception {
    String topic = filledTopic();
    Map<String, Object> config = Clients.consumerConfig("group.protocol", protocol);
    try (Consumer<String, String> consumer = clients.consumer(config)) {
      consumer.subscribe(List.of(topic));
      Work.read(consumer, Work.RECORDS);
      consumer.commitSync();
      Work.pollUntil(consumer, () -> Work.hasNodes(consumer.metrics()));
      return names(consumer.metrics());
    }
  }

  private static Set<String> assignedNames(Clients clients) throws Exception {
    String topic = filledTopic();
    Map<String, Object> config = Clients.consumerConfig("enable.auto.commit", false);
    config.remove("group.id");
    try (Consumer<String, String> consumer = clients.consumer(config)) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      Work.read(consumer, Work.RECORDS);
      Work.pollUntil(consumer, () -> Work.hasNodes(consumer.metrics()));
      return names(consumer.metrics());
    }
  }

  private static String filledTopic() throws Exception {
    String topic = dottedTopic();
    try (Producer<String, String> producer = Clients.KAFKA.producer(Clients.producerConfig())) {
      Work.produce(producer, topic);
    }
    return topic;
  }

  private static String dottedTopic() {
    String topic = "metrics.of." + UUID.randomUUID();
    SharedCluster.get().createTopic(topic, 1);
    return topic;
  }

  private static void awaitNodes(Map<MetricName, ? extends Metric> metrics) {
    Work.await(() -> Work.hasNodes(metrics), () -> "no broker was seen");
  }

  private static Set<String> names(Map<MetricName, ? extends Metric> metrics) {
    return metrics.keySet().stream()
        .map(name -> name.group() + " " + List.copyOf(name.tags().keySet()) + " " + name.name())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
