package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transactions where Kafka's client goes another way, or none that can be foreseen. */
@KafkaClusterTest
@Timeout(120)
class TransactionTest {
  @AfterEach
  void nothingIsLeft() {
    ProducerTests.assertNothingIsLeft();
  }

  private static RdKafkaProducer<String, String> open(
      KafkaCluster kafka, String id, Object... overrides) {
    Map<String, Object> config = ProducerTests.config(kafka, overrides);
    config.put("transactional.id", id);
    return ProducerTests.open(config);
  }

  private static String newId() {
    return "tx-" + UUID.randomUUID();
  }

  /** What the broker has not got fails; how much that is depends on the broker's speed. */
  @Test
  void anAbortFailsWhatWasNotSent(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 2);
    try (RdKafkaProducer<String, String> producer = open(kafka, newId(), "linger.ms", 30_000)) {
      producer.initTransactions();
      producer.beginTransaction();
      Queue<String> called = new ConcurrentLinkedQueue<>();
      List<Future<RecordMetadata>> sends = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        sends.add(
            producer.send(
                new ProducerRecord<>(topic, i % 2, "k", "v" + i),
                (metadata, exception) -> called.add("" + exception)));
      }
      producer.abortTransaction();
      assertEquals(1000, called.size());
      for (Future<RecordMetadata> send : sends) {
        assertTrue(send.isDone());
        if (send.state() == Future.State.FAILED) {
          assertInstanceOf(TransactionAbortedException.class, send.exceptionNow());
        }
      }
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, "k", "next"));
      producer.commitTransaction();
    }
    assertEquals(List.of("next"), TransactionReader.read(kafka, topic, "read_committed"));
  }

  /** The coordinator may still be busy with the transaction before. */
  @Test
  void abortsAtOnce(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    try (RdKafkaProducer<String, String> producer = open(kafka, newId(), "linger.ms", 30_000)) {
      producer.initTransactions();
      for (int i = 0; i < 20; i++) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, "k", "committed"));
        producer.commitTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, "k", "aborted"));
        producer.abortTransaction();
      }
    }
    assertEquals(
        Collections.nCopies(20, "committed"),
        TransactionReader.read(kafka, topic, "read_committed"));
  }

  /** A commit waits for what only this thread can do, so it takes its time; later it is done. */
  @Test
  void aCommitInACallbackTimesOut(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    try (RdKafkaProducer<String, String> producer = open(kafka, newId(), "max.block.ms", 3000)) {
      ProducerTests.repeat(producer::initTransactions);
      ProducerTests.awaitTopic(producer, topic);
      producer.beginTransaction();
      AtomicReference<Exception> thrown = new AtomicReference<>();
      producer
          .send(
              new ProducerRecord<>(topic, "v"),
              (metadata, exception) ->
                  thrown.set(assertThrows(TimeoutException.class, producer::commitTransaction)))
          .get();
      assertInstanceOf(TimeoutException.class, thrown.get());
      assertThrows(IllegalStateException.class, producer::abortTransaction);
      ProducerTests.repeat(producer::commitTransaction);
    }
    assertEquals(List.of("v"), TransactionReader.read(kafka, topic, "read_committed"));
  }

  /** What is chained to a future may block, and so it may commit. */
  @Test
  void aCommitBehindAFuture(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    try (RdKafkaProducer<String, String> producer = open(kafka, newId())) {
      producer.initTransactions();
      producer.beginTransaction();
      CompletableFuture<Void> committed =
          producer.send(new ProducerRecord<>(topic, "v")).thenRun(producer::commitTransaction);
      committed.join();
    }
    assertEquals(List.of("v"), TransactionReader.read(kafka, topic, "read_committed"));
  }

  /**
   * librdkafka does not reuse the sequence number of a record that the broker has refused: the next
   * transaction with that partition may have to be aborted, too.
   */
  @Test
  void goesOnAfterARefusedRecord(KafkaCluster kafka) {
    String topic = "p-" + UUID.randomUUID();
    kafka.createTopic(topic, 1, 1, Map.of("max.message.bytes", "2000"));
    try (RdKafkaProducer<String, String> producer = open(kafka, newId())) {
      producer.initTransactions();
      producer.beginTransaction();
      CompletableFuture<RecordMetadata> large =
          producer.send(new ProducerRecord<>(topic, "k", "x".repeat(5000)));
      assertThrows(CompletionException.class, large::join);
      producer.abortTransaction();
      int aborted = 0;
      boolean committed = false;
      while (!committed) {
        try {
          producer.beginTransaction();
          producer.send(new ProducerRecord<>(topic, "k", "v"));
          producer.commitTransaction();
          committed = true;
        } catch (KafkaException failed) {
          assertInstanceOf(OutOfOrderSequenceException.class, rootOf(failed));
          producer.abortTransaction();
          aborted++;
        }
        assertTrue(aborted <= 1, "aborted " + aborted + " times");
      }
    }
    assertEquals(List.of("v"), TransactionReader.read(kafka, topic, "read_committed"));
  }

  private static Throwable rootOf(Throwable thrown) {
    return thrown.getCause() == null ? thrown : rootOf(thrown.getCause());
  }

  @ParameterizedTest
  @CsvSource({"classic,", "classic, static", "consumer,", "consumer, static"})
  @SuppressWarnings("removal") // the constructor is what users of Kafka's have
  void offsetsOfOurOwnConsumer(String protocol, String instance, KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    TopicPartition partition = new TopicPartition(topic, 0);
    Map<String, Object> config = new HashMap<>(ProducerTests.config(kafka));
    config.put("group.id", "g-" + UUID.randomUUID());
    config.put("group.protocol", protocol);
    config.put("enable.auto.commit", false);
    if (instance != null) {
      config.put("group.instance.id", instance);
    }
    try (RdKafkaProducer<String, String> producer = open(kafka, newId());
        RdKafkaConsumer<String, String> consumer =
            new RdKafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      ProducerTests.until(
          () -> {
            consumer.poll(Duration.ofMillis(50));
            return !consumer.assignment().isEmpty();
          },
          () -> "nothing assigned");
      ConsumerGroupMetadata member = consumer.groupMetadata();
      assertEquals(instance, member.groupInstanceId().orElse(null));
      producer.initTransactions();
      producer.beginTransaction();
      OffsetAndMetadata offset = new OffsetAndMetadata(3, Optional.of(0), "why");
      producer.sendOffsetsToTransaction(Map.of(partition, offset), member);
      producer.commitTransaction();
      ProducerTests.until(
          () -> offset.equals(consumer.committed(Set.of(partition)).get(partition)),
          () -> "committed: " + consumer.committed(Set.of(partition)));

      producer.beginTransaction();
      ConsumerGroupMetadata later =
          new ConsumerGroupMetadata(
              member.groupId(),
              member.generationId() + 1,
              member.memberId(),
              member.groupInstanceId());
      assertThrows(
          CommitFailedException.class,
          () -> producer.sendOffsetsToTransaction(Map.of(partition, offset), later));
      producer.abortTransaction();
    }
  }
}
