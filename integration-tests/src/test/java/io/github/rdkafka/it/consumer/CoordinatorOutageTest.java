package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Requests that have timed out while the coordinator was away, and a coordinator that comes back.
 */
@KafkaClusterTest
@Timeout(120)
class CoordinatorOutageTest {
  private static final Duration LONGER_THAN_AN_ATTEMPT = Duration.ofSeconds(3);

  private final KafkaCluster kafka;

  CoordinatorOutageTest(KafkaCluster kafka) {
    this.kafka = kafka;
  }

  @Test
  void theAnswerComesAfterTheQuestionWasGivenUp() {
    String topic = "t-" + UUID.randomUUID();
    kafka.createTopic(topic, 1);
    TopicPartition partition = new TopicPartition(topic, 0);
    Map<TopicPartition, OffsetAndMetadata> offsets = Map.of(partition, new OffsetAndMetadata(5));
    Map<String, Object> config =
        config(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      consumer.commitSync(offsets);
      kafka.kill(1);
      assertThrows(
          TimeoutException.class,
          () -> consumer.committed(Set.of(partition), LONGER_THAN_AN_ATTEMPT));
      assertThrows(
          TimeoutException.class, () -> consumer.commitSync(offsets, LONGER_THAN_AN_ATTEMPT));
      assertThrows(
          TimeoutException.class,
          () -> consumer.endOffsets(Set.of(partition), LONGER_THAN_AN_ATTEMPT));
      kafka.restart(1);
      assertEquals(offsets, consumer.committed(Set.of(partition), Duration.ofSeconds(60)));
      assertEquals(Map.of(partition, 0L), consumer.endOffsets(Set.of(partition)));
      consumer.commitSync(offsets);
    }
    Leftovers.assertNone();
  }
}
