package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.it.SharedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that does not poll loses its partitions, though its client's threads live on. */
@Timeout(120)
class StalledMemberTest {
  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void losesItsPartitionsToTheOther(String protocol) {
    String topic = SharedCluster.newTopic(2);
    Set<TopicPartition> both = Set.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
    List<String> told = new ArrayList<>();
    Map<String, Object> patient = config(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol);
    Map<String, Object> impatient = new HashMap<>(patient);
    impatient.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 6000);
    if (protocol.equals("classic")) {
      impatient.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000);
    }
    try (RdKafkaConsumer<String, String> stalled = consumer(impatient);
        RdKafkaConsumer<String, String> other = consumer(patient)) {
      stalled.subscribe(List.of(topic), recorder(told));
      until(
          () -> {
            stalled.poll(Duration.ofMillis(50));
            return stalled.assignment().equals(both);
          },
          () -> "no assignment");

      other.subscribe(List.of(topic));
      until(
          () -> {
            other.poll(Duration.ofMillis(50));
            return other.assignment().equals(both);
          },
          () -> "the other has only " + other.assignment());

      TopicPartition mine = new TopicPartition(topic, 0);
      assertThrows(
          CommitFailedException.class,
          () -> stalled.commitSync(Map.of(mine, new OffsetAndMetadata(0))));
      assertEquals(List.of("assigned 2"), told);
      until(
          () -> {
            stalled.poll(Duration.ofMillis(50));
            other.poll(Duration.ofMillis(50));
            return stalled.assignment().size() == 1 && other.assignment().size() == 1;
          },
          () -> "shared by " + stalled.assignment() + " and " + other.assignment());
      // in the newer protocol the other's arrival has asked for one of them before
      assertTrue(
          List.of("lost 2, assigned 1", "revoked 1, assigned 0, lost 1, assigned 1")
              .contains(String.join(", ", told.subList(1, told.size()))),
          told.toString());
    }
  }

  private static ConsumerRebalanceListener recorder(List<String> told) {
    return new ConsumerRebalanceListener() {
      @Override
      public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        told.add("assigned " + partitions.size());
      }

      @Override
      public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        told.add("revoked " + partitions.size());
      }

      @Override
      public void onPartitionsLost(Collection<TopicPartition> partitions) {
        told.add("lost " + partitions.size());
      }
    };
  }
}
