package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.it.SharedCluster;
import io.github.rdkafka.it.consumer.ConsumerMisuseTest.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class TransactionalReadTest {

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @CsvSource({"read_committed, true", "read_committed, false", "read_uncommitted, true"})
  void abortedRecordsAndControlRecords(String isolation, boolean group) {
    String topic = SharedCluster.newTopic(1);
    TopicPartition partition = new TopicPartition(topic, 0);
    write(topic, "a", true);
    write(topic, "b", false);
    write(topic, "c", true);
    List<String> expected =
        isolation.equals("read_committed")
            ? List.of("a0", "a1", "c0", "c1")
            : List.of("a0", "a1", "b0", "b1", "c0", "c1");
    Map<String, Object> config = config(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      if (group) {
        consumer.subscribe(List.of(topic));
      } else {
        consumer.assign(List.of(partition));
      }
      assertEquals(
          expected, read(consumer, expected.size()).stream().map(ConsumerRecord::value).toList());
      // three transactions of two records, each with a control record behind it
      until(
          () -> {
            consumer.poll(Duration.ofMillis(10));
            return consumer.position(partition) == 9;
          },
          () -> "position " + consumer.position(partition));
      consumer.commitSync();
      assertEquals(9, consumer.committed(Set.of(partition)).get(partition).offset());
      assertEquals(9L, consumer.endOffsets(List.of(partition)).get(partition));
    }
  }

  /** Kafka Streams commits what polls tell, and asks for no position. */
  @ParameterizedTest
  @EnumSource
  void pollsTellThePositionBehindAControlRecord(Client client) {
    String topic = SharedCluster.newTopic(1);
    TopicPartition partition = new TopicPartition(topic, 0);
    write(topic, "a", true);
    write(topic, "b", false);
    Map<String, Object> config = config(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    try (Consumer<String, String> consumer = client.open(config)) {
      consumer.assign(List.of(partition));
      List<Long> told = new ArrayList<>();
      until(
          () -> {
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(10));
            records.nextOffsets().values().forEach(next -> told.add(next.offset()));
            return told.contains(6L);
          },
          told::toString);
    }
  }

  @Test
  void anOpenTransactionHoldsBackItsRecords() {
    String topic = SharedCluster.newTopic(1);
    TopicPartition partition = new TopicPartition(topic, 0);
    Map<String, Object> config = config(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    try (KafkaProducer<String, String> producer = transactional();
        RdKafkaConsumer<String, String> consumer = consumer(config)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, null, "open"));
      producer.flush();
      consumer.assign(List.of(partition));
      assertEquals(0L, consumer.endOffsets(List.of(partition)).get(partition));
      assertTrue(consumer.poll(Duration.ofMillis(500)).isEmpty());
      producer.commitTransaction();
      assertEquals("open", read(consumer, 1).get(0).value());
    }
  }

  private static void write(String topic, String name, boolean commit) {
    try (KafkaProducer<String, String> producer = transactional()) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, null, name + "0"));
      producer.send(new ProducerRecord<>(topic, 0, null, name + "1"));
      producer.flush();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static KafkaProducer<String, String> transactional() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            SharedCluster.get().bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "tx-" + UUID.randomUUID()),
        new StringSerializer(),
        new StringSerializer());
  }
}
