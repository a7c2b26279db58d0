package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.it.SharedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class ConsumerCloseTest {
  private static final Duration BOUND = Duration.ofSeconds(5);

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @EnumSource(GroupMembershipOperation.class)
  void withABacklog(GroupMembershipOperation operation) {
    String topic = SharedCluster.newTopic(2);
    produce(topic, 0, 0, 5000);
    produce(topic, 1, 0, 5000);
    for (int i = 0; i < 10; i++) {
      RdKafkaConsumer<String, String> consumer = consumer(config());
      try {
        consumer.subscribe(List.of(topic));
        read(consumer, 1 + i * 500);
      } finally {
        consumer.close(CloseOptions.timeout(BOUND).withGroupMembershipOperation(operation));
      }
      Leftovers.assertNone();
    }
  }

  @Test
  void withPartitionsOfItsOwnAndABacklog() {
    String topic = SharedCluster.newTopic(2);
    produce(topic, 0, 0, 5000);
    produce(topic, 1, 0, 5000);
    for (int i = 0; i < 20; i++) {
      Map<String, Object> config = config();
      if (i % 2 == 0) {
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
      }
      RdKafkaConsumer<String, String> consumer = consumer(config);
      try {
        consumer.assign(List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)));
        read(consumer, 1 + i * 500);
      } finally {
        consumer.close(CloseOptions.timeout(BOUND));
      }
      Leftovers.assertNone();
    }
  }

  @Test
  void withoutAnyUse() {
    RdKafkaConsumer<String, String> consumer = consumer(config());
    consumer.close(CloseOptions.timeout(BOUND));
    consumer.close(CloseOptions.timeout(BOUND));
    assertThrows(IllegalStateException.class, () -> consumer.poll(Duration.ZERO));
    consumer.wakeup();
  }

  @Test
  void withBrokersThatAreNotThere() {
    Map<String, Object> config = config(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    RdKafkaConsumer<String, String> consumer = consumer(config);
    consumer.subscribe(List.of("nowhere"));
    assertTrue(consumer.poll(Duration.ofMillis(300)).isEmpty());
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }

  @Test
  void withNoTimeAtAll() {
    String topic = SharedCluster.newTopic(1);
    produce(topic, 0, 0, 1000);
    RdKafkaConsumer<String, String> consumer = consumer(config());
    try {
      consumer.subscribe(List.of(topic));
      read(consumer, 1);
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  @Test
  void fromAListener() {
    String topic = SharedCluster.newTopic(1);
    produce(topic, 0, 0, 10);
    List<TopicPartition> seen = new ArrayList<>();
    RdKafkaConsumer<String, String> consumer = consumer(config());
    consumer.subscribe(
        List.of(topic),
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            seen.addAll(partitions);
            consumer.close(CloseOptions.timeout(BOUND));
          }
        });
    until(
        () -> {
          try {
            consumer.poll(Duration.ofMillis(100));
            return !seen.isEmpty();
          } catch (IllegalStateException closed) {
            return true;
          }
        },
        () -> "never assigned");
    assertThrows(IllegalStateException.class, () -> consumer.poll(Duration.ZERO));
  }

  @Test
  void whileAnotherMemberJoins() {
    String topic = SharedCluster.newTopic(4);
    Map<String, Object> config = config();
    RdKafkaConsumer<String, String> first = consumer(config);
    first.subscribe(List.of(topic));
    until(
        () -> {
          first.poll(Duration.ofMillis(50));
          return first.assignment().size() == 4;
        },
        () -> "no assignment");
    try (RdKafkaConsumer<String, String> second = consumer(config)) {
      second.subscribe(List.of(topic));
      second.poll(Duration.ofMillis(200));
      first.close(CloseOptions.timeout(BOUND));
      until(
          () -> {
            second.poll(Duration.ofMillis(50));
            return second.assignment().size() == 4;
          },
          () -> "partitions were not given back: " + second.assignment());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DEFAULT, false, 0, Range",
    "LEAVE_GROUP, false, 0, Range",
    "REMAIN_IN_GROUP, false, 1, Range",
    "DEFAULT, true, 1, Range",
    "LEAVE_GROUP, true, 0, Range",
    "REMAIN_IN_GROUP, true, 1, Range",
    "DEFAULT, false, 0, Sticky",
    "REMAIN_IN_GROUP, false, 1, Sticky",
    "DEFAULT, true, 1, Sticky",
    "LEAVE_GROUP, true, 0, Sticky"
  })
  void withOrWithoutItsPlaceInTheGroup(
      GroupMembershipOperation operation, boolean isStatic, int members, String assignor) {
    String topic = SharedCluster.newTopic(1);
    Map<String, Object> config =
        config(
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            "org.apache.kafka.clients.consumer." + assignor + "Assignor");
    if (isStatic) {
      config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "instance");
    }
    RdKafkaConsumer<String, String> consumer = consumer(config);
    consumer.subscribe(List.of(topic));
    until(
        () -> {
          consumer.poll(Duration.ofMillis(50));
          return !consumer.assignment().isEmpty();
        },
        () -> "no assignment");
    consumer.close(CloseOptions.timeout(BOUND).withGroupMembershipOperation(operation));
    String group = (String) config.get(ConsumerConfig.GROUP_ID_CONFIG);
    assertEquals(
        members,
        SharedCluster.get()
            .admin()
            .describeConsumerGroups(List.of(group))
            .describedGroups()
            .get(group)
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .members()
            .size());
  }
}
