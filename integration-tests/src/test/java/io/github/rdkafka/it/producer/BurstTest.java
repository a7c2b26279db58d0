package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.it.producer.SentRecord.SentHeader;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records in quick succession, which go to librdkafka many at a time. */
@KafkaClusterTest
@Timeout(120)
class BurstTest {
  private static final int RECORDS = 5_000;

  @AfterEach
  void nothingIsLeft() {
    ProducerTests.assertNothingIsLeft();
  }

  /** Of any kind: nulls, headers, any time, too large to be copied twice, or not. */
  private static SentRecord record(Random random, int partitions, int number) {
    List<SentHeader> headers = new ArrayList<>();
    int count = random.nextInt(100) == 0 ? 70 : random.nextInt(8) - 5;
    for (int i = count; i > 0; i--) {
      String name = "größe\0".repeat(random.nextInt(30) == 0 ? 20 : 1) + i;
      headers.add(new SentHeader(name, i == 2 ? null : "h".repeat(length(random))));
    }
    int length = random.nextInt(50) == 0 ? 20_000 : random.nextInt(300);
    return new SentRecord(
        random.nextInt(partitions),
        random.nextInt(2) == 0 ? null : 1_700_000_000_000L + number,
        random.nextInt(3) == 0 ? null : "k".repeat(random.nextInt(4)),
        random.nextInt(20) == 0 ? null : number + "v".repeat(length),
        headers);
  }

  /** At times one where its number takes another byte. */
  private static int length(Random random) {
    return random.nextInt(30) == 0
        ? List.of(63, 64, 127, 128, 8191, 8192).get(random.nextInt(6))
        : random.nextInt(3);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 16384, 3", "5, 16384, 3", "5, 700, 3", "5, 1000000, 3",
    "0, 16384, 60", "5, 700, 60", "5, 16384, 60", "50, 1000000, 60"
  })
  void recordsOfEveryKindKeepTheirOrder(
      int lingerMs, int batchSize, int partitions, KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, partitions);
    Random random = new Random(1);
    List<List<SentRecord>> expected =
        Stream.generate(() -> (List<SentRecord>) new ArrayList<SentRecord>())
            .limit(partitions)
            .toList();
    Map<String, Object> config =
        ProducerTests.config(kafka, "linger.ms", lingerMs, "batch.size", batchSize);
    try (RdKafkaProducer<byte[], byte[]> producer =
        new RdKafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<SentRecord> records = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        records.add(record(random, partitions, i));
      }
      List<Future<RecordMetadata>> sends = new ArrayList<>();
      for (SentRecord record : records) {
        sends.add(producer.send(record.toSend(topic)));
      }
      for (int i = 0; i < RECORDS; i++) {
        SentRecord sent = records.get(i).as(sends.get(i).get(30, TimeUnit.SECONDS));
        expected.get(sent.partition()).add(sent);
      }
    }
    List<SentRecord> all = new ArrayList<>();
    expected.forEach(all::addAll);
    assertEquals(all, ProducerTests.readAll(kafka, topic).stream().map(SentRecord::read).toList());
  }

  /** Nobody flushes, nobody sends any more. */
  @Test
  void theLastOnesAreNotForgotten(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka))) {
      for (int burst = 0; burst < 20; burst++) {
        List<Future<RecordMetadata>> sends = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
          sends.add(producer.send(new ProducerRecord<>(topic, "v" + i)));
        }
        for (Future<RecordMetadata> send : sends) {
          send.get(30, TimeUnit.SECONDS);
        }
      }
      producer.send(new ProducerRecord<>(topic, "last"));
      producer.flush();
    }
    assertEquals(40_001, ProducerTests.readAll(kafka, topic).size());
  }

  /** Some lack the key that their topic asks for, and the broker takes nothing of a batch then. */
  @Test
  void eachOfARefusedBatchHasItsOwnError(KafkaCluster kafka) throws Exception {
    String topic = "p-" + UUID.randomUUID();
    kafka.createTopic(topic, 1, 1, Map.of("cleanup.policy", "compact"));
    int delivered = 0;
    int refused = 0;
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(
            ProducerTests.config(kafka, "linger.ms", 100, "batch.size", 1_000_000))) {
      ProducerTests.awaitTopic(producer, topic);
      List<Future<RecordMetadata>> sends = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        String key = i % 10 == 9 ? null : "k" + i;
        sends.add(producer.send(new ProducerRecord<>(topic, key, "v" + i)));
      }
      producer.flush();
      for (int i = 0; i < RECORDS; i++) {
        Future<RecordMetadata> send = sends.get(i);
        if (i % 10 == 9) {
          assertInstanceOf(InvalidRecordException.class, send.exceptionNow());
        } else if (send.state() == Future.State.SUCCESS) {
          delivered++;
        } else {
          assertEquals(KafkaException.class, send.exceptionNow().getClass());
          refused++;
        }
      }
    }
    assertTrue(refused > 0);
    assertEquals(delivered, ProducerTests.readAll(kafka, topic).size());
  }

  /** librdkafka's own limit, lower than Kafka's, which is looked at after send has returned. */
  @Test
  void whatLibrdkafkaRefusesFailsByItself(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 2);
    Queue<String> called = new ConcurrentLinkedQueue<>();
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(
            ProducerTests.config(
                kafka, "librdkafka.message.max.bytes", 5_000, "buffer.memory", 2_000_000))) {
      List<Future<RecordMetadata>> sends = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        String value = "v".repeat(i % 100 == 99 ? 6_000 : 100);
        sends.add(
            producer.send(
                new ProducerRecord<>(topic, "k" + i, value),
                (metadata, exception) -> called.add("" + exception)));
      }
      producer.flush();
      for (int i = 0; i < RECORDS; i++) {
        Future<RecordMetadata> send = sends.get(i);
        if (i % 100 == 99) {
          assertInstanceOf(RecordTooLargeException.class, send.exceptionNow());
        } else {
          assertEquals(topic, send.resultNow().topic());
        }
      }
      assertEquals(RECORDS, called.size());
      assertEquals(RECORDS / 100, called.stream().filter(why -> !why.equals("null")).count());
      assertEquals(
          2_000_000.0,
          producer.metrics().entrySet().stream()
              .filter(entry -> entry.getKey().name().equals("buffer-available-bytes"))
              .map(entry -> entry.getValue().metricValue())
              .findFirst()
              .orElseThrow());
    }
    assertEquals(RECORDS - RECORDS / 100, ProducerTests.readAll(kafka, topic).size());
  }
}
