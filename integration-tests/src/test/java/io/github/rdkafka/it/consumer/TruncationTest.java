package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.config;
import static io.github.rdkafka.it.consumer.ConsumerTestSupport.read;
import static io.github.rdkafka.it.consumer.ConsumerTestSupport.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.it.consumer.ConsumerMisuseTest.Client;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A leader that has lost what consumers have read: others take its place, with other records. */
@KafkaClusterTest(brokers = 3, shared = false)
@Timeout(180)
class TruncationTest {
  private static final int KEPT = 10;
  private static final int READ = 20;
  private static final int NEW = 5;

  private final KafkaCluster kafka;
  private final TopicPartition partition = new TopicPartition("truncated", 0);

  TruncationTest(KafkaCluster kafka) {
    this.kafka = kafka;
  }

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @Test
  void isNoticedAsByKafkasConsumer() throws Exception {
    kafka
        .admin()
        .createTopics(
            List.of(
                new NewTopic(partition.topic(), Map.of(0, List.of(2, 3)))
                    .configs(
                        Map.of(
                            "min.insync.replicas", "1", "unclean.leader.election.enable", "true"))))
        .all()
        .get();
    produce("old", KEPT);
    kafka.kill(3);
    until(() -> info().isr().size() == 1, () -> "in sync are " + info().isr());
    produce("lost", READ - KEPT);
    List<Consumer<String, String>> consumers = new ArrayList<>();
    try {
      for (Client client : Client.values()) {
        for (String policy : List.of("earliest", "latest", "none")) {
          Consumer<String, String> consumer = client.open(configOf(policy));
          consumers.add(consumer);
          consumer.assign(List.of(partition));
          consumer.seek(partition, 0);
          assertEquals(READ, read(consumer, READ).size());
        }
      }
      kafka.kill(2);
      kafka.restart(3);
      until(() -> info().leader() != null && info().leader().id() == 3, () -> "no leader");
      produce("new", NEW);
      for (int i = 0; i < consumers.size(); i += 3) {
        assertEquals(newOffsets(), offsets(consumers.get(i)));
        assertEquals(newOffsets(), offsets(consumers.get(i + 1)));
        Consumer<String, String> told = consumers.get(i + 2);
        LogTruncationException truncation =
            assertThrows(LogTruncationException.class, () -> offsets(told));
        assertEquals(Map.of(partition, (long) READ), truncation.offsetOutOfRangePartitions());
        assertEquals(KEPT, truncation.divergentOffsets().get(partition).offset());
        told.seek(partition, truncation.divergentOffsets().get(partition));
        assertEquals(newOffsets(), offsets(told));
      }
    } finally {
      consumers.forEach(Consumer::close);
    }
  }

  private static List<Long> newOffsets() {
    return IntStream.range(KEPT, KEPT + NEW).mapToObj(i -> (long) i).toList();
  }

  private static List<Long> offsets(Consumer<String, String> consumer) {
    return read(consumer, NEW).stream().map(ConsumerRecord::offset).toList();
  }

  private TopicPartitionInfo info() {
    return kafka
        .admin()
        .describeTopics(List.of(partition.topic()))
        .topicNameValues()
        .get(partition.topic())
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .partitions()
        .get(0);
  }

  private void produce(String value, int count) throws Exception {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            false);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < count; i++) {
        producer.send(new ProducerRecord<>(partition.topic(), 0, null, value + i)).get();
      }
    }
  }

  private Map<String, Object> configOf(String policy) {
    Map<String, Object> config =
        config(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            policy);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return config;
  }
}
