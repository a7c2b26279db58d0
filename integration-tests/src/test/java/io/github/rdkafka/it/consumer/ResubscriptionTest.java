package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.it.SharedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidRegularExpression;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A consumer that gives up what it is subscribed to and subscribes to something else. */
@Timeout(180)
class ResubscriptionTest {
  private static final long SLOW_NANOS = 8_000_000_000L;

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @Test
  void toPatternsOfTheBrokerAndBack() {
    String one = SharedCluster.newTopic(1);
    String two = SharedCluster.newTopic(1);
    SubscriptionPattern first = new SubscriptionPattern(one + ".*");
    try (RdKafkaConsumer<String, String> consumer = consumer(configOf("consumer"))) {
      consumer.subscribe(first);
      untilAssigned(consumer, one);
      consumer.unsubscribe();
      consumer.subscribe(new SubscriptionPattern(one + "|" + two));
      untilAssigned(consumer, one, two);
      consumer.unsubscribe();
      consumer.subscribe(List.of(two));
      untilAssigned(consumer, two);
      consumer.unsubscribe();
      consumer.subscribe(first);
      untilAssigned(consumer, one);
    }
  }

  @Test
  void fromAPatternThatIsNone() {
    String topic = SharedCluster.newTopic(1);
    try (RdKafkaConsumer<String, String> consumer = consumer(configOf("consumer"))) {
      consumer.subscribe(new SubscriptionPattern("(t.*c"));
      assertThrows(InvalidRegularExpression.class, () -> consumer.poll(Duration.ofSeconds(1)));
      consumer.unsubscribe();
      consumer.subscribe(List.of(topic));
      untilAssigned(consumer, topic);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void toOtherTopics(String protocol) {
    String one = SharedCluster.newTopic(1);
    String two = SharedCluster.newTopic(1);
    try (RdKafkaConsumer<String, String> consumer = consumer(configOf(protocol))) {
      for (int i = 0; i < 5; i++) {
        consumer.subscribe(List.of(one));
        untilAssigned(consumer, one);
        consumer.unsubscribe();
        consumer.subscribe(List.of(one, two));
        untilAssigned(consumer, one, two);
        consumer.unsubscribe();
      }
    }
  }

  /** librdkafka's own thread heartbeats, also while it waits for the listener's answer. */
  @Test
  void staysAMemberWhileItsListenerTakesLongerThanTheSession() {
    String one = SharedCluster.newTopic(1);
    String two = SharedCluster.newTopic(1);
    TopicPartition revoked = new TopicPartition(one, 0);
    List<Exception> failures = new ArrayList<>();
    Map<String, Object> config = configOf("classic");
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 3000);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 100);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      consumer.subscribe(List.of(one));
      untilAssigned(consumer, one);
      consumer.subscribe(
          List.of(two),
          new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
              LockSupport.parkNanos(SLOW_NANOS);
              try {
                consumer.commitSync(Map.of(revoked, new OffsetAndMetadata(7)));
              } catch (KafkaException failure) {
                failures.add(failure);
              }
            }
          });
      untilAssigned(consumer, two);
      assertEquals(List.of(), failures);
      assertEquals(7, consumer.committed(Set.of(revoked)).get(revoked).offset());
    }
  }

  private static Map<String, Object> configOf(String protocol) {
    return config(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol);
  }

  private static void untilAssigned(RdKafkaConsumer<String, String> consumer, String... topics) {
    Set<TopicPartition> wanted =
        Stream.of(topics).map(topic -> new TopicPartition(topic, 0)).collect(Collectors.toSet());
    until(
        () -> {
          consumer.poll(Duration.ofMillis(100));
          return consumer.assignment().equals(wanted);
        },
        () -> "assigned are " + consumer.assignment() + ", not " + wanted);
  }
}
