package io.github.rdkafka.it.producer;

import static io.github.rdkafka.it.producer.ProducerTests.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.MockCluster;
import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.it.SharedCluster;
import io.github.rdkafka.testing.KafkaCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidRequiredAcksException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records of many partitions go to a broker in one request, and each of them has its own end. */
@Timeout(120)
class ManyPartitionsTest {
  private static final int PARTITIONS = 50;
  private static final int ROUNDS = 200;
  private static final int NOT_BEFORE_A_FLUSH = 60_000;

  private final KafkaCluster kafka = SharedCluster.get();

  @AfterEach
  void nothingIsLeft() {
    assertNothingIsLeft();
  }

  @Test
  void areOneRequest() throws Exception {
    try (MockCluster mock = MockCluster.start(1)) {
      mock.createTopic("first", PARTITIONS, 1);
      mock.createTopic("second", PARTITIONS, 1);
      Map<String, Object> config =
          config(
              mock.bootstrapServers(),
              ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
              false,
              ProducerConfig.LINGER_MS_CONFIG,
              NOT_BEFORE_A_FLUSH);
      try (RdKafkaProducer<String, String> producer = open(config)) {
        awaitEnds(producer, toEachPartition(producer, "first", "connects"));
        awaitEnds(producer, toEachPartition(producer, "second", "connects"));
        awaitLingering();
        mock.failRequests(ApiKeys.PRODUCE, Errors.INVALID_REQUIRED_ACKS);
        List<CompletableFuture<RecordMetadata>> sends = new ArrayList<>();
        sends.addAll(toEachPartition(producer, "second", "fails"));
        sends.addAll(toEachPartition(producer, "first", "fails"));
        awaitEnds(producer, sends);
        for (CompletableFuture<RecordMetadata> send : sends) {
          assertInstanceOf(InvalidRequiredAcksException.class, send.exceptionNow());
        }
        List<CompletableFuture<RecordMetadata>> next = toEachPartition(producer, "first", "is in");
        awaitEnds(producer, next);
        for (int i = 0; i < PARTITIONS; i++) {
          assertEquals(i, next.get(i).resultNow().partition());
        }
      }
    }
  }

  @Test
  void doNotLingerWhenTogetherTheyAreWorthARequest() throws Exception {
    try (MockCluster mock = MockCluster.start(1)) {
      mock.createTopic("first", PARTITIONS, 1);
      Map<String, Object> config =
          config(
              mock.bootstrapServers(),
              ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
              false,
              ProducerConfig.LINGER_MS_CONFIG,
              NOT_BEFORE_A_FLUSH,
              "librdkafka.produce.request.ready.bytes",
              300_000);
      String value = "v".repeat(20_000);
      try (RdKafkaProducer<String, String> producer = open(config)) {
        List<CompletableFuture<RecordMetadata>> sends = toEachPartition(producer, "first", value);
        CompletableFuture<Void> ends =
            CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new));
        // A few may wait for others; far less than a batch, or than buffer.memory.
        for (int more = 0; more < 20 && !ends.isDone(); more++) {
          toEachPartition(producer, "first", value);
          ends.copy().completeOnTimeout(null, 1, TimeUnit.SECONDS).join();
        }
        assertTrue(ends.isDone(), () -> sends.stream().filter(s -> !s.isDone()).count() + " wait");
      }
    }
  }

  private static List<CompletableFuture<RecordMetadata>> toEachPartition(
      RdKafkaProducer<String, String> producer, String topic, String value) {
    return IntStream.range(0, PARTITIONS)
        .mapToObj(i -> producer.send(new ProducerRecord<>(topic, i, "key", value)))
        .toList();
  }

  private static void awaitEnds(
      RdKafkaProducer<?, ?> producer, List<CompletableFuture<RecordMetadata>> sends)
      throws Exception {
    producer.flush();
    CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new))
        .exceptionally(failed -> null)
        .get(30, TimeUnit.SECONDS);
  }

  /** Until the flush is over on the inside, too: what is sent meanwhile does not wait for more. */
  private static void awaitLingering() {
    until(
        () ->
            Thread.getAllStackTraces().values().stream()
                .flatMap(Stream::of)
                .noneMatch(frame -> frame.getClassName().endsWith(".ProducerFlush")),
        () -> "still flushing");
  }

  @Test
  void whatABrokerRefusesOfOneHarmsNoOther() throws Exception {
    String keysOnly = "p-" + UUID.randomUUID();
    Map<String, String> compacted =
        Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    kafka.createTopic(keysOnly, PARTITIONS, 1, compacted);
    String any = newTopic(kafka, PARTITIONS);
    Map<String, Object> config = config(kafka, ProducerConfig.LINGER_MS_CONFIG, NOT_BEFORE_A_FLUSH);
    try (RdKafkaProducer<String, String> producer = open(config)) {
      List<CompletableFuture<RecordMetadata>> refused = new ArrayList<>();
      List<CompletableFuture<RecordMetadata>> taken = new ArrayList<>();
      for (int i = 0; i < PARTITIONS; i++) {
        String key = i % 2 == 0 ? null : "key";
        (key == null ? refused : taken)
            .add(producer.send(new ProducerRecord<>(keysOnly, i, key, "value")));
        taken.add(producer.send(new ProducerRecord<>(any, i, key, "value")));
      }
      producer.flush();
      for (CompletableFuture<RecordMetadata> send : taken) {
        assertEquals(0, send.get(30, TimeUnit.SECONDS).offset());
      }
      for (CompletableFuture<RecordMetadata> send : refused) {
        ExecutionException failure =
            assertThrows(ExecutionException.class, () -> send.get(30, TimeUnit.SECONDS));
        assertInstanceOf(InvalidRecordException.class, failure.getCause());
      }
    }
    assertEquals(PARTITIONS, readAll(kafka, any).size());
    assertEquals(PARTITIONS / 2, readAll(kafka, keysOnly).size());
  }

  /** With room for a few partitions in a request, too. */
  @ParameterizedTest
  @CsvSource({
    "all, true, 1000000, none",
    "all, true, 20000, zstd",
    "1, false, 20000, none",
    "0, false, 1000000, lz4"
  })
  void eachRecordArrivesAtItsPlace(
      String acks, boolean idempotence, int maxRequestSize, String compression) throws Exception {
    List<String> topics = List.of(newTopic(kafka, PARTITIONS), newTopic(kafka, PARTITIONS));
    Map<String, Object> config =
        config(
            kafka,
            ProducerConfig.ACKS_CONFIG,
            acks,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            idempotence,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            maxRequestSize,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            compression);
    List<CompletableFuture<RecordMetadata>> sends = new ArrayList<>();
    try (RdKafkaProducer<String, String> producer = open(config)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < PARTITIONS; i++) {
          for (String topic : topics) {
            String value = round + " " + topic + " " + i;
            sends.add(producer.send(new ProducerRecord<>(topic, i, null, value.repeat(3))));
          }
        }
      }
    }
    for (int i = 0; i < sends.size(); i++) {
      RecordMetadata sent = sends.get(i).get(30, TimeUnit.SECONDS);
      assertEquals(topics.get(i % topics.size()), sent.topic());
      assertEquals(i / topics.size() % PARTITIONS, sent.partition());
      assertEquals("0".equals(acks) ? -1 : i / topics.size() / PARTITIONS, sent.offset());
    }
    for (String topic : topics) {
      assertAllThere(topic);
    }
  }

  private void assertAllThere(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    // with acks=0 what is sent is not there yet
    until(
        () -> {
          records.clear();
          records.addAll(readAll(kafka, topic));
          return records.size() >= ROUNDS * PARTITIONS;
        },
        () -> "only " + records.size() + " records");
    assertEquals(ROUNDS * PARTITIONS, records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      String value = record.offset() + " " + topic + " " + record.partition();
      assertEquals(value.repeat(3), text(record.value()));
    }
  }
}
