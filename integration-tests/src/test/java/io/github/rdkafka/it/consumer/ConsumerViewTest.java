package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.it.SharedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a consumer tells of the cluster, its group and its position. */
@Timeout(120)
class ConsumerViewTest {

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @Test
  void topicsAsKafkasConsumerSeesThem() {
    String topic = SharedCluster.newTopic(3);
    StringDeserializer strings = new StringDeserializer();
    try (RdKafkaConsumer<String, String> ours = consumer(config());
        KafkaConsumer<String, String> kafkas = new KafkaConsumer<>(config(), strings, strings)) {
      List<PartitionInfo> partitions = ours.partitionsFor(topic);
      assertEquals(
          kafkas.partitionsFor(topic).stream().map(ConsumerViewTest::describe).sorted().toList(),
          partitions.stream().map(ConsumerViewTest::describe).sorted().toList());
      Set<String> topics = ours.listTopics().keySet();
      assertEquals(3, ours.listTopics().get(topic).size());
      // the broker may have made one of its own since
      assertTrue(kafkas.listTopics().keySet().containsAll(topics));
      assertThrows(InvalidTopicException.class, () -> kafkas.partitionsFor("not a topic"));
      assertThrows(InvalidTopicException.class, () -> ours.partitionsFor("not a topic"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void aPatternFindsTopicsThatComeLater(String protocol) {
    String first = SharedCluster.newTopic(1);
    String prefix = first + "-more";
    Pattern pattern = Pattern.compile(Pattern.quote(first) + "(?:-more\\d)?");
    Map<String, Object> config =
        config(
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            protocol,
            ConsumerConfig.METADATA_MAX_AGE_CONFIG,
            200);
    produce(first, 0, 0, 1);
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      consumer.subscribe(pattern);
      assertEquals(first, read(consumer, 1).get(0).topic());
      SharedCluster.get().createTopic(prefix + "1", 1);
      SharedCluster.get().createTopic(prefix + "x", 1);
      produce(prefix + "1", 0, 0, 1);
      assertEquals(prefix + "1", read(consumer, 1).get(0).topic());
      assertEquals(Set.of(first, prefix + "1"), consumer.subscription());
    }
  }

  @Test
  void aPatternOfTheBroker() {
    String topic = SharedCluster.newTopic(1);
    produce(topic, 0, 0, 2);
    Map<String, Object> config = config(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      consumer.subscribe(new SubscriptionPattern(topic.substring(0, topic.length() - 1) + ".*"));
      assertEquals(2, read(consumer, 2).size());
    }
    try (RdKafkaConsumer<String, String> consumer = consumer(config())) {
      assertThrows(
          UnsupportedOperationException.class,
          () -> consumer.subscribe(new SubscriptionPattern(".*")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void groupMetadata(String protocol) {
    String topic = SharedCluster.newTopic(1);
    produce(topic, 0, 0, 1);
    Map<String, Object> config = config(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol);
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      assertEquals(-1, consumer.groupMetadata().generationId());
      consumer.subscribe(List.of(topic));
      read(consumer, 1);
      ConsumerGroupMetadata metadata = consumer.groupMetadata();
      assertEquals(config.get(ConsumerConfig.GROUP_ID_CONFIG), metadata.groupId());
      assertTrue(metadata.generationId() > 0, metadata.toString());
      assertFalse(metadata.memberId().isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"read_uncommitted", "read_committed"})
  void currentLag(String isolation) {
    String topic = SharedCluster.newTopic(1);
    produce(topic, 0, 0, 10);
    TopicPartition partition = new TopicPartition(topic, 0);
    Map<String, Object> config =
        config(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            4,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            isolation);
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      assertThrows(IllegalStateException.class, () -> consumer.currentLag(partition));
      consumer.assign(List.of(partition));
      assertEquals(4, read(consumer, 1).size());
      until(
          () -> consumer.currentLag(partition).equals(OptionalLong.of(6)),
          () -> "lag " + consumer.currentLag(partition));
    }
  }

  @Test
  void offsetsByTime() {
    String topic = SharedCluster.newTopic(2);
    produce(topic, 0, 0, 10);
    TopicPartition written = new TopicPartition(topic, 0);
    TopicPartition empty = new TopicPartition(topic, 1);
    try (RdKafkaConsumer<String, String> consumer = consumer(config())) {
      consumer.assign(List.of(written));
      List<ConsumerRecord<String, String>> records = read(consumer, 10);
      long last = records.get(9).timestamp();
      Map<TopicPartition, OffsetAndTimestamp> found =
          consumer.offsetsForTimes(Map.of(written, 0L, empty, 0L));
      assertEquals(0, found.get(written).offset());
      assertEquals(records.get(0).timestamp(), found.get(written).timestamp());
      assertTrue(found.containsKey(empty));
      assertNull(found.get(empty));
      assertNull(consumer.offsetsForTimes(Map.of(written, last + 1)).get(written));
      assertThrows(
          IllegalArgumentException.class, () -> consumer.offsetsForTimes(Map.of(written, -1L)));
    }
  }

  @Test
  void aWakeupEndsAWaitForMetadata() {
    Map<String, Object> config = config(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      assertThrows(
          TimeoutException.class, () -> consumer.partitionsFor("t", Duration.ofMillis(200)));
      consumer.wakeup();
      assertThrows(WakeupException.class, () -> consumer.listTopics(Duration.ofSeconds(60)));
    }
  }

  private static String describe(PartitionInfo partition) {
    return partition.partition()
        + " "
        + partition.leader().id()
        + " "
        + partition.replicas().length
        + " "
        + partition.inSyncReplicas().length;
  }
}
