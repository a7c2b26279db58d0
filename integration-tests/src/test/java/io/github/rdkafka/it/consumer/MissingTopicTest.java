package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics that are not there when they are asked for; within much less than metadata.max.age.ms. */
@KafkaClusterTest(properties = "auto.create.topics.enable=true")
@Timeout(120)
class MissingTopicTest {
  private final KafkaCluster kafka;

  MissingTopicTest(KafkaCluster kafka) {
    this.kafka = kafka;
  }

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void isCreatedForASubscription(String protocol) {
    String topic = "auto-" + UUID.randomUUID();
    try (RdKafkaConsumer<String, String> consumer = consumer(configOf(protocol, true))) {
      consumer.subscribe(List.of(topic));
      untilAssigned(consumer, topic);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "classic, org.apache.kafka.clients.consumer.RangeAssignor",
    "classic, org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
    "consumer,"
  })
  void isCreatedForASubscriptionThatGrows(String protocol, String assignor) {
    String first = "auto-" + UUID.randomUUID();
    String second = "auto-" + UUID.randomUUID();
    Map<String, Object> config = configOf(protocol, true);
    if (assignor != null) {
      config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, assignor);
    }
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      consumer.subscribe(List.of(first));
      untilAssigned(consumer, first);
      consumer.subscribe(List.of(first, second));
      untilAssigned(consumer, first, second);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void isCreatedForAnAssignment(String protocol) throws Exception {
    String topic = "auto-" + UUID.randomUUID();
    TopicPartition partition = new TopicPartition(topic, 0);
    try (RdKafkaConsumer<String, String> consumer = consumer(configOf(protocol, true))) {
      consumer.assign(List.of(partition));
      consumer.poll(Duration.ofMillis(100));
      assertEquals(0, consumer.position(partition));
      assertTrue(topics().contains(topic));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void isFoundWhenItAppears(String protocol) throws Exception {
    String topic = "later-" + UUID.randomUUID();
    try (RdKafkaConsumer<String, String> consumer = consumer(configOf(protocol, false))) {
      consumer.subscribe(List.of(topic));
      for (int i = 0; i < 20; i++) {
        assertTrue(consumer.poll(Duration.ofMillis(100)).isEmpty());
      }
      assertEquals(List.of(), consumer.partitionsFor(topic));
      assertFalse(topics().contains(topic));
      kafka.createTopic(topic, 1);
      untilAssigned(consumer, topic);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void isRefusedForItsName(String protocol) {
    try (RdKafkaConsumer<String, String> consumer = consumer(configOf(protocol, true))) {
      consumer.subscribe(List.of("not a topic"));
      InvalidTopicException refused =
          assertThrows(
              InvalidTopicException.class,
              () ->
                  until(() -> consumer.poll(Duration.ofMillis(100)) == null, () -> "not refused"));
      assertEquals("Invalid topics: [not a topic]", refused.getMessage());
      consumer.unsubscribe();
    }
  }

  private Set<String> topics() throws InterruptedException, ExecutionException {
    return kafka.admin().listTopics().names().get();
  }

  private Map<String, Object> configOf(String protocol, boolean create) {
    return config(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        kafka.bootstrapServers(),
        ConsumerConfig.GROUP_PROTOCOL_CONFIG,
        protocol,
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
        create);
  }

  private static void untilAssigned(RdKafkaConsumer<String, String> consumer, String... topics) {
    Set<TopicPartition> wanted =
        Stream.of(topics).map(topic -> new TopicPartition(topic, 0)).collect(Collectors.toSet());
    until(
        () -> {
          consumer.poll(Duration.ofMillis(100));
          return consumer.assignment().equals(wanted);
        },
        () -> "assigned are " + consumer.assignment());
  }
}
