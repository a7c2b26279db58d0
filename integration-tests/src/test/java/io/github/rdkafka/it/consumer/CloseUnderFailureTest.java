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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closing with brokers that do not answer, and after an error that nothing mends. */
@KafkaClusterTest(shared = false)
@Timeout(120)
class CloseUnderFailureTest {
  private static final Duration BOUND = Duration.ofSeconds(2);

  /** Much less than what librdkafka would wait by itself, enough for a machine that is busy. */
  private static final Duration PATIENT = Duration.ofSeconds(12);

  private final KafkaCluster kafka;

  CloseUnderFailureTest(KafkaCluster kafka) {
    this.kafka = kafka;
  }

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @EnumSource(GroupMembershipOperation.class)
  void withACommitThatNobodyAnswers(GroupMembershipOperation operation) throws Exception {
    String topic = newTopic();
    TopicPartition partition = new TopicPartition(topic, 0);
    RdKafkaConsumer<String, String> consumer = consumer(configOf(topic));
    CompletableFuture<?> commit;
    subscribe(consumer, topic);
    kafka.pause(1);
    try {
      commit = consumer.commit(Map.of(partition, new OffsetAndMetadata(0)));
      consumer.poll(Duration.ofMillis(100));
      close(consumer, CloseOptions.timeout(BOUND).withGroupMembershipOperation(operation));
      Throwable failure =
          assertThrows(ExecutionException.class, () -> commit.get(30, TimeUnit.SECONDS));
      assertInstanceOf(CommitFailedException.class, failure.getCause());
    } finally {
      kafka.resume(1);
    }
  }

  @Test
  void afterAnotherHasTakenItsPlace() {
    String topic = newTopic();
    Map<String, Object> config = configOf(topic);
    config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "instance");
    RdKafkaConsumer<String, String> fenced = consumer(config);
    subscribe(fenced, topic);
    try (RdKafkaConsumer<String, String> successor = consumer(config)) {
      subscribe(successor, topic);
      FencedInstanceIdException failure =
          assertThrows(
              FencedInstanceIdException.class,
              () ->
                  until(
                      () -> {
                        successor.poll(Duration.ofMillis(50));
                        return fenced.poll(Duration.ofMillis(50)) == null;
                      },
                      () -> "not fenced"));
      assertNotNull(failure.getMessage());
      close(fenced, CloseOptions.timeout(BOUND));
      successor.poll(Duration.ofMillis(50));
      assertEquals(Set.of(new TopicPartition(topic, 0)), successor.assignment());
    }
  }

  private static void close(RdKafkaConsumer<?, ?> consumer, CloseOptions options) {
    assertTimeoutPreemptively(BOUND.plus(PATIENT), () -> consumer.close(options));
  }

  private static void subscribe(RdKafkaConsumer<String, String> consumer, String topic) {
    consumer.subscribe(List.of(topic));
    until(
        () -> {
          consumer.poll(Duration.ofMillis(50));
          return !consumer.assignment().isEmpty();
        },
        () -> "no assignment");
  }

  private String newTopic() {
    String topic = "t-" + UUID.randomUUID();
    kafka.createTopic(topic, 1);
    return topic;
  }

  private Map<String, Object> configOf(String topic) {
    return config(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        kafka.bootstrapServers(),
        ConsumerConfig.GROUP_ID_CONFIG,
        "g-" + topic,
        // librdkafka holds on to an unanswered commit for that long
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
        6000);
  }
}
