package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.it.SharedCluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our consumers and Kafka's in one group, coming and going while records are written. */
@Timeout(180)
class GroupTest {
  private static final int PARTITIONS = 6;

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @CsvSource({
    "classic, org.apache.kafka.clients.consumer.RangeAssignor",
    "classic, org.apache.kafka.clients.consumer.RoundRobinAssignor",
    "classic, org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
    "classic, org.apache.kafka.clients.consumer.StickyAssignor",
    "consumer,"
  })
  void membersOfBothKindsShareATopic(String protocol, String assignor) {
    String topic = SharedCluster.newTopic(PARTITIONS);
    Map<String, Object> config =
        config(
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            protocol,
            ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG,
            100);
    if (assignor != null) {
      config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 300);
      config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, assignor);
    }
    Queue<ConsumerRecord<String, String>> received = GroupMember.inbox();
    int written = write(topic, 0);
    try (GroupMember first = ours(config, topic, received)) {
      until(() -> first.assigned() == PARTITIONS, () -> "first has " + first.assigned());
      written = write(topic, written);
      try (GroupMember second = kafkas(config, topic, received);
          GroupMember third = ours(config, topic, received)) {
        until(
            () -> first.assigned() == 2 && second.assigned() == 2 && third.assigned() == 2,
            () -> first.assigned() + ", " + second.assigned() + ", " + third.assigned());
        written = write(topic, written);
        awaitAll(received, written);
      }
      until(() -> first.assigned() == PARTITIONS, () -> "first has again " + first.assigned());
      written = write(topic, written);
      awaitAll(received, written);
    }
  }

  private static int write(String topic, int from) {
    int to = from + 200;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      produce(topic, partition, from, to);
    }
    return to;
  }

  /** Every record at least once; what came twice came from a rebalance, which Kafka allows. */
  private static void awaitAll(Queue<ConsumerRecord<String, String>> received, int written) {
    until(
        () -> distinct(received) == (long) PARTITIONS * written,
        () -> distinct(received) + " of " + PARTITIONS * written + " records");
    Map<Integer, List<Long>> offsets = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      int wanted = partition;
      offsets.put(
          partition,
          received.stream()
              .filter(record -> record.partition() == wanted)
              .map(ConsumerRecord::offset)
              .distinct()
              .sorted()
              .toList());
      assertEquals(
          IntStream.range(0, written).mapToObj(i -> (long) i).toList(), offsets.get(partition));
    }
  }

  private static long distinct(Queue<ConsumerRecord<String, String>> received) {
    return received.stream()
        .map(record -> record.partition() + "-" + record.offset())
        .distinct()
        .count();
  }

  private static GroupMember ours(
      Map<String, Object> config, String topic, Queue<ConsumerRecord<String, String>> received) {
    StringDeserializer strings = new StringDeserializer();
    return new GroupMember(
        new RdKafkaConsumer<>(config, strings, strings), List.of(topic), received);
  }

  private static GroupMember kafkas(
      Map<String, Object> config, String topic, Queue<ConsumerRecord<String, String>> received) {
    StringDeserializer strings = new StringDeserializer();
    return new GroupMember(new KafkaConsumer<>(config, strings, strings), List.of(topic), received);
  }
}
