package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions while the broker does not answer. */
@KafkaClusterTest(
    shared = false,
    properties = "transaction.abort.timed.out.transaction.cleanup.interval.ms=500")
@Timeout(120)
class TransactionOutageTest {
  private static final Duration PROMISED = Duration.ofSeconds(1);
  private static final Duration BUSY_MACHINE = Duration.ofSeconds(15);

  @AfterEach
  void nothingIsLeft(KafkaCluster kafka) {
    kafka.resume(1);
    ProducerTests.assertNothingIsLeft();
  }

  private static RdKafkaProducer<String, String> open(KafkaCluster kafka, Object... overrides) {
    return openAs("tx-" + UUID.randomUUID(), kafka, overrides);
  }

  private static RdKafkaProducer<String, String> openAs(
      String id, KafkaCluster kafka, Object... overrides) {
    Map<String, Object> config = ProducerTests.config(kafka, overrides);
    config.put("transactional.id", id);
    return ProducerTests.open(config);
  }

  @Test
  void aCommitThatTimesOutIsRepeated(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    try (RdKafkaProducer<String, String> producer = open(kafka, "max.block.ms", 1000)) {
      ProducerTests.repeat(producer::initTransactions);
      ProducerTests.awaitTopic(producer, topic);
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "k", "v")).join();
      kafka.pause(1);
      TimeoutException timeout = assertThrows(TimeoutException.class, producer::commitTransaction);
      assertEquals(
          "Timeout expired after 1000ms while awaiting EndTxn(true). CommitTransaction timed out -"
              + " did not complete EndTxn with the transaction coordinator within max.block.ms",
          timeout.getMessage());
      assertThrows(TimeoutException.class, producer::commitTransaction);
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, producer::abortTransaction);
      assertEquals(
          "Cannot attempt operation `abortTransaction` because the previous call to"
              + " `commitTransaction` timed out and must be retried",
          refused.getMessage());
      assertThrows(
          IllegalStateException.class, () -> producer.send(new ProducerRecord<>(topic, "k", "w")));
      kafka.resume(1);
      ProducerTests.repeat(producer::commitTransaction);
      producer.beginTransaction();
      ProducerTests.repeat(producer::abortTransaction);
    }
    assertEquals(List.of("v"), TransactionReader.read(kafka, topic, "read_committed"));
  }

  @Test
  void anAbortThatTimesOutIsRepeated(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    try (RdKafkaProducer<String, String> producer = open(kafka, "max.block.ms", 1000)) {
      ProducerTests.repeat(producer::initTransactions);
      ProducerTests.awaitTopic(producer, topic);
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "k", "v")).join();
      kafka.pause(1);
      CompletableFuture<RecordMetadata> onItsWay =
          producer.send(new ProducerRecord<>(topic, "k", "w"));
      assertThrows(TimeoutException.class, producer::abortTransaction);
      assertThrows(IllegalStateException.class, producer::commitTransaction);
      kafka.resume(1);
      ProducerTests.repeat(producer::abortTransaction);
      assertTrue(onItsWay.isDone());
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "k", "next"));
      ProducerTests.repeat(producer::commitTransaction);
    }
    assertEquals(List.of("next"), TransactionReader.read(kafka, topic, "read_committed"));
  }

  @Test
  void anInitializationThatTimesOutIsRepeated(KafkaCluster kafka) {
    kafka.pause(1);
    try (RdKafkaProducer<String, String> producer = open(kafka, "max.block.ms", 300)) {
      assertThrows(TimeoutException.class, producer::initTransactions);
      assertThrows(IllegalStateException.class, producer::beginTransaction);
      kafka.resume(1);
      ProducerTests.repeat(producer::initTransactions);
      producer.beginTransaction();
      ProducerTests.repeat(producer::abortTransaction);
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  @SuppressWarnings("removal") // the constructor is what users of Kafka's have
  void offsetsThatTimeOutAreCommittedAllTheSame(Client client, KafkaCluster kafka)
      throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    Map<String, Object> config =
        ProducerTests.config(kafka, "max.block.ms", 1000, "transactional.id", "tx-" + topic);
    Map<TopicPartition, OffsetAndMetadata> offsets =
        Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(7));
    String group = "g-" + topic;
    try (Producer<String, String> producer =
        client.open(config, new StringSerializer(), new StringSerializer())) {
      ProducerTests.repeat(producer::initTransactions);
      ProducerTests.awaitTopic(producer, topic);
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "k", "v")).get();
      kafka.pause(1);
      for (int i = 0; i < 2; i++) {
        TimeoutException timeout =
            assertThrows(
                TimeoutException.class,
                () -> producer.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(group)));
        assertEquals(
            "Timeout expired after 1000ms while awaiting TxnOffsetCommitHandler."
                + " SendOffsetsToTransaction timed out - did not reach the coordinator or receive"
                + " the TxnOffsetCommit/AddOffsetsToTxn response within max.block.ms",
            timeout.getMessage());
      }
      assertThrows(TimeoutException.class, producer::commitTransaction);
      kafka.resume(1);
      ProducerTests.repeat(producer::commitTransaction);
      producer.beginTransaction();
      ProducerTests.repeat(producer::abortTransaction);
    }
    // the coordinator of the transaction tells that of the group after it has answered the commit
    ProducerTests.until(
        () -> committed(kafka, group).equals(offsets), () -> "" + committed(kafka, group));
    assertEquals(List.of("v"), TransactionReader.read(kafka, topic, "read_committed"));
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(
      KafkaCluster kafka, String group) {
    return kafka
        .admin()
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 500})
  void closingWithAnOpenTransactionKeepsItsTime(long millis, KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    RdKafkaProducer<String, String> producer = open(kafka);
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(topic, "k", "v")).join();
    kafka.pause(1);
    List<Future<RecordMetadata>> sends = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sends.add(producer.send(new ProducerRecord<>(topic, "k", "v")));
    }
    closesWithin(Duration.ofMillis(millis), producer);
    sends.forEach(send -> assertTrue(send.isDone()));
  }

  @Test
  void closingReleasesWhoWaitsForACommit(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    RdKafkaProducer<String, String> producer = open(kafka);
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(topic, "k", "v")).join();
    kafka.pause(1);
    CompletableFuture<Void> commit = CompletableFuture.runAsync(producer::commitTransaction);
    ProducerTests.until(
        () -> {
          try {
            producer.beginTransaction();
            return false;
          } catch (IllegalStateException committing) {
            return committing.getMessage().contains("commitTransaction");
          }
        },
        () -> "the commit does not begin");
    closesWithin(Duration.ofMillis(300), producer);
    KafkaException told =
        (KafkaException) assertThrows(CompletionException.class, commit::join).getCause();
    assertEquals("The producer closed forcefully", told.getMessage());
  }

  private static void closesWithin(Duration timeout, RdKafkaProducer<?, ?> producer) {
    assertTimeout(timeout.plus(PROMISED).plus(BUSY_MACHINE), () -> producer.close(timeout));
  }

  @Test
  void aTransactionThatTakesTooLongIsAbortedByTheBroker(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    String id = "tx-" + UUID.randomUUID();
    try (RdKafkaProducer<String, String> producer =
        openAs(id, kafka, "transaction.timeout.ms", 3000)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "k", "late")).join();
      // Until the coordinator has aborted it, nobody can read past it.
      TransactionReader.read(kafka, topic, "read_committed");
      KafkaException failed = assertThrows(KafkaException.class, producer::commitTransaction);
      assertTrue(failed instanceof ProducerFencedException, failed::toString);
    }
    try (RdKafkaProducer<String, String> successor = openAs(id, kafka)) {
      successor.initTransactions();
      successor.beginTransaction();
      successor.send(new ProducerRecord<>(topic, "k", "next"));
      successor.commitTransaction();
    }
    assertEquals(List.of("next"), TransactionReader.read(kafka, topic, "read_committed"));
  }
}
