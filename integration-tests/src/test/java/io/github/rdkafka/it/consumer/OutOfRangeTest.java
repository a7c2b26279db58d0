package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.it.SharedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seeking to where no record ever was. */
@Timeout(120)
class OutOfRangeTest {
  private static final int RECORDS = 10;

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @CsvSource({
    "earliest, 0, 0",
    "earliest, 500, 0",
    "latest, 0, 10",
    "latest, 500, 10",
    "by_duration:PT1H, 0, 0",
    "by_duration:PT1H, 500, 0"
  })
  void isResetByThePolicy(String policy, int fetchWait, long expected) {
    TopicPartition partition = new TopicPartition(SharedCluster.newTopic(1), 0);
    produce(partition.topic(), 0, 0, RECORDS);
    try (RdKafkaConsumer<String, String> consumer = consumer(configOf(policy, fetchWait))) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, 0);
      read(consumer, RECORDS);
      consumer.seek(partition, RECORDS + 7);
      if (expected == 0) {
        assertEquals(0, read(consumer, 1).get(0).offset());
      } else {
        until(
            () -> {
              consumer.poll(Duration.ofMillis(100));
              return consumer.position(partition) == expected;
            },
            () -> "at " + consumer.position(partition));
        produce(partition.topic(), 0, 0, 1);
        assertEquals(expected, read(consumer, 1).get(0).offset());
      }
    }
  }

  @Test
  void isKeptWhilePaused() {
    TopicPartition partition = new TopicPartition(SharedCluster.newTopic(1), 0);
    produce(partition.topic(), 0, 0, RECORDS);
    try (RdKafkaConsumer<String, String> consumer = consumer(configOf("earliest", 0))) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, 0);
      read(consumer, RECORDS);
      consumer.pause(List.of(partition));
      consumer.seek(partition, RECORDS + 7);
      for (int i = 0; i < 20; i++) {
        assertTrue(consumer.poll(Duration.ofMillis(50)).isEmpty());
      }
      assertEquals(RECORDS + 7, consumer.position(partition));
      consumer.resume(List.of(partition));
      assertEquals(0, read(consumer, 1).get(0).offset());
    }
  }

  @Test
  void isToldWithoutAPolicy() {
    TopicPartition partition = new TopicPartition(SharedCluster.newTopic(1), 0);
    produce(partition.topic(), 0, 0, RECORDS);
    try (RdKafkaConsumer<String, String> consumer = consumer(configOf("none", 500))) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, RECORDS + 7);
      OffsetOutOfRangeException told =
          assertThrows(OffsetOutOfRangeException.class, () -> read(consumer, 1));
      assertEquals(Map.of(partition, RECORDS + 7L), told.offsetOutOfRangePartitions());
      consumer.seek(partition, 3);
      assertEquals(3, read(consumer, 1).get(0).offset());
    }
  }

  private static Map<String, Object> configOf(String policy, int fetchWait) {
    return config(
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        policy,
        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
        fetchWait);
  }
}
