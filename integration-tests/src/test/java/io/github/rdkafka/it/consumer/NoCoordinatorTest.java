package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A cluster that cannot make its offsets topic, so that no group ever has a coordinator: what a
 * consumer with partitions of its own commits fails in time, and does not keep it from ending.
 */
@KafkaClusterTest(properties = "offsets.topic.replication.factor=3")
@Timeout(120)
class NoCoordinatorTest {
  private final KafkaCluster kafka;

  NoCoordinatorTest(KafkaCluster kafka) {
    this.kafka = kafka;
  }

  @Test
  void commitsEndInTime() {
    TopicPartition partition = newPartition();
    Map<TopicPartition, OffsetAndMetadata> offsets = Map.of(partition, new OffsetAndMetadata(0));
    List<Exception> failures = new ArrayList<>();
    RdKafkaConsumer<String, String> consumer = consumer(configOf(partition));
    try {
      consumer.assign(List.of(partition));
      consumer.commitAsync(offsets, (committed, failure) -> failures.add(failure));
      assertThrows(
          TimeoutException.class, () -> consumer.commitSync(offsets, Duration.ofMillis(700)));
      consumer.seek(partition, 0);
      until(
          () -> {
            consumer.poll(Duration.ofMillis(100));
            return !failures.isEmpty();
          },
          () -> "no callback");
      assertInstanceOf(RetriableCommitFailedException.class, failures.get(0));
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
    Leftovers.assertNone();
  }

  @Test
  void noTimeMeansNoQuestion() {
    TopicPartition partition = newPartition();
    try (RdKafkaConsumer<String, String> consumer = consumer(configOf(partition))) {
      assertEquals(Map.of(), consumer.beginningOffsets(List.of(partition), Duration.ZERO));
      assertEquals(Map.of(), consumer.endOffsets(List.of(partition), Duration.ZERO));
      Map<TopicPartition, OffsetAndTimestamp> byTime =
          consumer.offsetsForTimes(Map.of(partition, 0L), Duration.ZERO);
      assertEquals(Set.of(partition), byTime.keySet());
      assertNull(byTime.get(partition));
    }
  }

  @Test
  void theCommitOfACloseHoldsNothingUp() {
    TopicPartition partition = newPartition();
    RdKafkaConsumer<String, String> consumer = consumer(configOf(partition));
    consumer.assign(List.of(partition));
    consumer.seek(partition, 0);
    consumer.poll(Duration.ofMillis(500));
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    Leftovers.assertNone();
  }

  private TopicPartition newPartition() {
    String topic = "t-" + UUID.randomUUID();
    kafka.createTopic(topic, 1);
    return new TopicPartition(topic, 0);
  }

  // a session longer than the patience of all who wait: librdkafka waits that long for coordinators
  private Map<String, Object> configOf(TopicPartition partition) {
    return config(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        kafka.bootstrapServers(),
        ConsumerConfig.GROUP_ID_CONFIG,
        "g-" + partition.topic(),
        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        3000,
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
        170_000);
  }
}
