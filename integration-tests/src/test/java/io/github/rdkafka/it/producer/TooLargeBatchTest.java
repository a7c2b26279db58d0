package io.github.rdkafka.it.producer;

import static io.github.rdkafka.it.producer.ProducerTests.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.it.SharedCluster;
import io.github.rdkafka.testing.KafkaCluster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics that take smaller batches than the producer makes: records go in smaller ones. */
@Timeout(120)
class TooLargeBatchTest {
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 30_000;
  private static final int LIMIT = 20_000;

  private final KafkaCluster kafka = SharedCluster.get();
  private final Random random = new Random(1);

  @AfterEach
  void nothingIsLeft() {
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource({"all, true, none", "all, true, lz4", "1, false, none"})
  void areSplit(String acks, boolean idempotence, String compression) throws Exception {
    String topic = newTopicOfSmallBatches();
    Map<String, Object> config =
        config(
            kafka,
            ProducerConfig.ACKS_CONFIG,
            acks,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            idempotence,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            compression,
            ProducerConfig.LINGER_MS_CONFIG,
            200);
    try (RdKafkaProducer<Integer, byte[]> producer =
        new RdKafkaProducer<>(config, new IntegerSerializer(), new ByteArraySerializer())) {
      List<CompletableFuture<RecordMetadata>> sent = sendAll(producer, topic);
      CompletableFuture<RecordMetadata> tooLarge =
          producer.send(new ProducerRecord<>(topic, 0, -1, bytes(2 * LIMIT)));
      sent.addAll(sendAll(producer, topic));
      producer.flush();
      for (CompletableFuture<RecordMetadata> each : sent) {
        each.get();
      }
      ExecutionException refused = assertThrows(ExecutionException.class, tooLarge::get);
      assertInstanceOf(RecordTooLargeException.class, refused.getCause());
    }
    assertEachOnce(topic, 2, idempotence);
  }

  @Test
  void areSplitInTransactions() {
    String topic = newTopicOfSmallBatches();
    Map<String, Object> config =
        config(
            kafka,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            UUID.randomUUID().toString(),
            ProducerConfig.LINGER_MS_CONFIG,
            200);
    try (RdKafkaProducer<Integer, byte[]> producer =
        new RdKafkaProducer<>(config, new IntegerSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      sendAll(producer, topic);
      producer.commitTransaction();
    }
    assertEachOnce(topic, 1, true);
  }

  private String newTopicOfSmallBatches() {
    String topic = "p-" + UUID.randomUUID();
    kafka.createTopic(
        topic,
        PARTITIONS,
        1,
        Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LIMIT)));
    return topic;
  }

  private List<CompletableFuture<RecordMetadata>> sendAll(
      RdKafkaProducer<Integer, byte[]> producer, String topic) {
    List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      sent.add(producer.send(new ProducerRecord<>(topic, i % PARTITIONS, i, bytes(100))));
    }
    return sent;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private void assertEachOnce(String topic, int times, boolean inOrder) {
    Map<Integer, List<Integer>> read = new HashMap<>();
    try (IntegerDeserializer deserializer = new IntegerDeserializer()) {
      for (ConsumerRecord<byte[], byte[]> record : readAll(kafka, topic)) {
        read.computeIfAbsent(record.partition(), partition -> new ArrayList<>())
            .add(deserializer.deserialize(topic, record.key()));
      }
    }
    for (int partition = 0; partition < PARTITIONS; partition++) {
      List<Integer> expected = new ArrayList<>();
      for (int time = 0; time < times; time++) {
        for (int i = partition; i < RECORDS; i += PARTITIONS) {
          expected.add(i);
        }
      }
      List<Integer> there = read.get(partition);
      if (!inOrder) {
        expected.sort(Comparator.naturalOrder());
        there.sort(Comparator.naturalOrder());
      }
      assertEquals(expected, there, "partition " + partition);
    }
  }
}
