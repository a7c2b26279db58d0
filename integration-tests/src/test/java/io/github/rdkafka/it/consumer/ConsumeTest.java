package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.SharedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ConsumeTest {

  @ParameterizedTest
  @CsvSource({
    "classic, org.apache.kafka.clients.consumer.RangeAssignor",
    "classic, org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
    "classic, org.apache.kafka.clients.consumer.StickyAssignor",
    "consumer,"
  })
  void groupReadsEverythingInOrder(String protocol, String assignor) {
    String topic = SharedCluster.newTopic(3);
    for (int partition = 0; partition < 3; partition++) {
      produce(topic, partition, 0, 1000);
    }
    Map<String, Object> config = config(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol);
    if (assignor != null) {
      config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, assignor);
    }
    List<TopicPartition> assigned = new ArrayList<>();
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      consumer.subscribe(
          List.of(topic),
          new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
              assigned.removeAll(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
              assigned.addAll(partitions);
            }
          });
      List<ConsumerRecord<String, String>> records = read(consumer, 3000);
      assertEquals(3000, records.size());
      assertEquals(Set.copyOf(assigned), consumer.assignment());
      for (int partition = 0; partition < 3; partition++) {
        int wanted = partition;
        List<String> values =
            records.stream()
                .filter(r -> r.partition() == wanted)
                .map(ConsumerRecord::value)
                .toList();
        assertEquals(IntStream.range(0, 1000).mapToObj(i -> "" + i).toList(), values);
        assertEquals(1000, consumer.position(new TopicPartition(topic, partition)));
      }
      consumer.commitSync();
    }
    assertTrue(assigned.isEmpty(), "revoked at close");
    try (RdKafkaConsumer<String, String> next = consumer(config)) {
      TopicPartition first = new TopicPartition(topic, 0);
      assertEquals(1000, next.committed(Set.of(first)).get(first).offset());
    }
  }

  @Test
  void assignSeekAndPosition() {
    String topic = SharedCluster.newTopic(2);
    produce(topic, 0, 0, 100);
    TopicPartition partition = new TopicPartition(topic, 0);
    TopicPartition empty = new TopicPartition(topic, 1);
    Map<String, Object> config = config();
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      consumer.assign(List.of(partition, empty));
      assertEquals(0, consumer.position(partition));
      assertEquals("0", read(consumer, 100).get(0).value());
      consumer.seek(partition, 90);
      assertEquals(90, consumer.position(partition));
      List<ConsumerRecord<String, String>> again = read(consumer, 10);
      assertEquals("90", again.get(0).value());
      assertEquals(10, again.size());
      consumer.seekToBeginning(List.of(partition));
      assertEquals(0, consumer.position(partition));
      assertEquals("0", read(consumer, 100).get(0).value());
      consumer.seekToEnd(List.of());
      assertEquals(100, consumer.position(partition));
      assertEquals(0, consumer.position(empty));
      produce(topic, 0, 100, 101);
      assertEquals("100", read(consumer, 1).get(0).value());
      assertEquals(
          Map.of(partition, 101L, empty, 0L), consumer.endOffsets(List.of(partition, empty)));
      assertEquals(0L, consumer.beginningOffsets(List.of(partition)).get(partition));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void latestCommitsWhereItBegan(boolean autoCommit) {
    String topic = SharedCluster.newTopic(1);
    produce(topic, 0, 0, 10);
    TopicPartition partition = new TopicPartition(topic, 0);
    Map<String, Object> config =
        config(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "latest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            autoCommit);
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      consumer.subscribe(List.of(topic));
      until(
          () -> {
            consumer.poll(Duration.ofMillis(10));
            return !consumer.assignment().isEmpty();
          },
          () -> "no assignment");
      assertEquals(10, consumer.position(partition));
      if (!autoCommit) {
        consumer.commitSync();
      }
    }
    produce(topic, 0, 10, 12);
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      consumer.subscribe(List.of(topic));
      assertEquals("10", read(consumer, 2).get(0).value());
    }
  }

  @Test
  void pauseKeepsRecordsForLater() {
    String topic = SharedCluster.newTopic(2);
    produce(topic, 0, 0, 3000);
    produce(topic, 1, 0, 10);
    TopicPartition paused = new TopicPartition(topic, 0);
    TopicPartition open = new TopicPartition(topic, 1);
    try (RdKafkaConsumer<String, String> consumer = consumer(config())) {
      consumer.assign(List.of(paused, open));
      consumer.pause(List.of(paused));
      assertEquals(Set.of(paused), consumer.paused());
      assertTrue(read(consumer, 10).stream().allMatch(record -> record.partition() == 1));
      for (int i = 0; i < 20; i++) {
        assertTrue(consumer.poll(Duration.ofMillis(10)).isEmpty());
      }
      assertEquals(0, consumer.position(paused));
      consumer.resume(List.of(paused));
      List<ConsumerRecord<String, String>> records = read(consumer, 3000);
      assertEquals(
          IntStream.range(0, 3000).mapToObj(i -> "" + i).toList(),
          records.stream().map(ConsumerRecord::value).toList());
    }
  }

  @Test
  void asynchronousCommitsCallBackInOrder() {
    String topic = SharedCluster.newTopic(1);
    produce(topic, 0, 0, 5);
    TopicPartition partition = new TopicPartition(topic, 0);
    List<Long> committed = new ArrayList<>();
    try (RdKafkaConsumer<String, String> consumer = consumer(config())) {
      consumer.subscribe(List.of(topic));
      read(consumer, 5);
      for (long i = 1; i <= 5; i++) {
        consumer.commitAsync(
            Map.of(partition, new OffsetAndMetadata(i, "m" + i)),
            (offsets, failure) -> {
              assertNull(failure);
              committed.add(offsets.get(partition).offset());
            });
      }
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(3, "three")));
      assertEquals(List.of(1L, 2L, 3L, 4L, 5L), committed);
      OffsetAndMetadata read = consumer.committed(Set.of(partition)).get(partition);
      assertEquals(3, read.offset());
      assertEquals("three", read.metadata());
    }
  }
}
