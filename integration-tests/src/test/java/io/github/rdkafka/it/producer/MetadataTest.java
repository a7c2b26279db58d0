package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Topics that are not there, come into being, and grow. */
@KafkaClusterTest(properties = "auto.create.topics.enable=false")
@Timeout(120)
class MetadataTest {
  @AfterEach
  void nothingIsLeft() {
    ProducerTests.assertNothingIsLeft();
  }

  @Test
  void anUnknownTopicIsWaitedForInVain(KafkaCluster kafka) {
    String known = ProducerTests.newTopic(kafka, 1);
    Map<String, Object> config = ProducerTests.config(kafka, "max.block.ms", 1_000);
    // that the broker does not know it either is told only if it has said so in time
    Consumer<Producer<?, ?>> connect = producer -> ProducerTests.awaitTopic(producer, known);
    String expected = unknownTopic(Client.KAFKA, config, connect);
    assertTrue(expected.contains("TOPIC not present in metadata after 1000 ms"), expected);
    assertTrue(expected.contains("UnknownTopicOrPartitionException"), expected);
    assertEquals(expected, unknownTopic(Client.RDKAFKA, config, connect));
  }

  @Test
  void aWrongAddressIsWaitedForInVain() {
    Map<String, Object> config = ProducerTests.config(ProducerTests.NOWHERE, "max.block.ms", 300);
    String expected = unknownTopic(Client.KAFKA, config, producer -> {});
    assertTrue(expected.contains("TOPIC not present in metadata after 300 ms"), expected);
    assertEquals(expected, unknownTopic(Client.RDKAFKA, config, producer -> {}));
  }

  private static String unknownTopic(
      Client client, Map<String, Object> config, Consumer<Producer<?, ?>> first) {
    String topic = "unknown-" + UUID.randomUUID();
    Observations seen = new Observations(null, topic);
    try (Producer<String, String> producer =
        client.open(config, new StringSerializer(), new StringSerializer())) {
      first.accept(producer);
      seen.ofSend(
          "sent", () -> producer.send(new ProducerRecord<>(topic, "v"), seen.callback("sent")));
      seen.ofSend(
          "with partition",
          () -> producer.send(new ProducerRecord<>(topic, 3, "k", "v"), seen.callback("p 3")));
      seen.of("partitionsFor", () -> producer.partitionsFor(topic));
    }
    return String.join("\n", seen.lines());
  }

  @Test
  void aTopicThatComesIntoBeingIsFound(KafkaCluster kafka) throws Exception {
    String topic = "later-" + UUID.randomUUID();
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka))) {
      Thread creator = Thread.ofPlatform().start(() -> kafka.createTopic(topic, 2));
      RecordMetadata metadata = producer.send(new ProducerRecord<>(topic, "v")).get();
      assertEquals(0, metadata.offset());
      creator.join();
    }
  }

  @Test
  void aTopicIsFoundWithoutEverWaitingForIt(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka, "max.block.ms", 0))) {
      ProducerTests.until(
          () -> !producer.send(new ProducerRecord<>(topic, "v")).isCompletedExceptionally(),
          () -> "no send was accepted");
    }
  }

  @Test
  void newPartitionsAreFoundWhenAskedFor(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka))) {
      producer.send(new ProducerRecord<>(topic, "v")).get();
      kafka.admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
      assertEquals(2, producer.send(new ProducerRecord<>(topic, 2, "k", "v")).get().partition());
      assertEquals(3, producer.partitionsFor(topic).size());
    }
  }

  @Test
  void newPartitionsAreFoundInTime(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka, "metadata.max.age.ms", 200))) {
      producer.send(new ProducerRecord<>(topic, "v")).get();
      kafka.admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
      Set<Integer> used = new HashSet<>();
      String large = "x".repeat(20_000);
      ProducerTests.until(
          () -> {
            used.add(producer.send(new ProducerRecord<>(topic, large)).join().partition());
            return used.size() == 3;
          },
          () -> "only " + used);
    }
  }

  @Test
  void partitionsAreDescribedAsKafkaDescribesThem(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 3);
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka))) {
      producer
          .partitionsFor(topic)
          .forEach(
              info -> {
                assertEquals(1, info.leader().id());
                assertEquals(kafka.port(1, "PLAINTEXT"), info.leader().port());
                assertEquals(1, info.replicas().length);
                assertEquals(1, info.inSyncReplicas().length);
              });
    }
  }

  @Test
  void timestampsOfTheLogAreReported(KafkaCluster kafka) throws Exception {
    String topic = "appended-" + UUID.randomUUID();
    kafka.createTopic(topic, 1, 1, Map.of("message.timestamp.type", "LogAppendTime"));
    long before = System.currentTimeMillis();
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka))) {
      long reported = producer.send(new ProducerRecord<>(topic, 0, 1L, "k", "v")).get().timestamp();
      assertEquals(ProducerTests.readAll(kafka, topic).getFirst().timestamp(), reported);
      assertTrue(reported >= before);
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void whoListensForTheClusterHearsOfIt(Client client, KafkaCluster kafka) throws Exception {
    Listener.heard = null;
    String topic = ProducerTests.newTopic(kafka, 1);
    Map<String, Object> config = new HashMap<>(ProducerTests.config(kafka));
    config.put("key.serializer", Listener.class);
    config.put("value.serializer", Listener.class);
    try (Producer<String, String> producer = client.open(config, null, null)) {
      producer.send(new ProducerRecord<>(topic, "v")).get();
      assertEquals(kafka.clusterId(), Listener.heard);
      assertEquals(1, List.copyOf(producer.partitionsFor(topic)).size());
    }
  }

  /** A serializer that listens. */
  public static final class Listener extends StringSerializer implements ClusterResourceListener {
    private static volatile String heard;

    @Override
    public void onUpdate(ClusterResource resource) {
      heard = resource.clusterId();
    }
  }
}
