package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.it.ForkedJvm;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A relay that is killed again and again writes each of its input's records once, in order. */
@KafkaClusterTest
@Timeout(300)
class RelayTest {
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 3000;
  private static final int KILLS = 3;

  @Test
  void eachRecordOnce(KafkaCluster kafka, @TempDir Path folder) throws Exception {
    relay(kafka, folder, System.nanoTime());
  }

  @RepeatedTest(20)
  @EnabledIfSystemProperty(named = "rdkafka.endurance", matches = "true")
  void eachRecordOnceEveryTime(RepetitionInfo repetition, KafkaCluster kafka, @TempDir Path folder)
      throws Exception {
    relay(kafka, folder, repetition.getCurrentRepetition());
  }

  private static void relay(KafkaCluster kafka, Path folder, long seed) throws Exception {
    String input = ProducerTests.newTopic(kafka, PARTITIONS);
    String output = ProducerTests.newTopic(kafka, PARTITIONS);
    fill(kafka, input);
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      long target = written(kafka, output) + 1 + random.nextInt(RECORDS / (KILLS + 2));
      Process relay = start(kafka, input, output, folder);
      try {
        awaitWritten(kafka, output, target, relay, folder);
      } finally {
        ForkedJvm.kill(relay);
      }
    }
    Process last = start(kafka, input, output, folder);
    try {
      ProducerTests.until(
          () -> read(kafka, output).size() >= RECORDS,
          () -> "seed " + seed + ": the relay does not finish:\n" + log(folder));
    } finally {
      ForkedJvm.kill(last);
    }
    List<String> expected = IntStream.range(0, RECORDS).mapToObj(Integer::toString).toList();
    List<String> relayed = read(kafka, output);
    assertEquals(TransactionReader.read(kafka, input, "read_uncommitted"), relayed, "seed " + seed);
    assertEquals(expected.size(), relayed.stream().distinct().count(), "seed " + seed);
  }

  private static List<String> read(KafkaCluster kafka, String topic) {
    return TransactionReader.read(kafka, topic, "read_committed");
  }

  private static void fill(KafkaCluster kafka, String topic) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            ProducerTests.config(kafka), new StringSerializer(), new StringSerializer())) {
      List<Future<RecordMetadata>> sends = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        sends.add(
            producer.send(
                new ProducerRecord<>(topic, i % PARTITIONS, "k" + i, Integer.toString(i))));
      }
      for (Future<RecordMetadata> send : sends) {
        send.get();
      }
    }
  }

  /** How many records and markers there are, committed or not. */
  private static long written(KafkaCluster kafka, String topic) {
    Map<TopicPartition, OffsetSpec> ends =
        Map.of(
            new TopicPartition(topic, 0), OffsetSpec.latest(),
            new TopicPartition(topic, 1), OffsetSpec.latest(),
            new TopicPartition(topic, 2), OffsetSpec.latest());
    try {
      return kafka.admin().listOffsets(ends).all().get().values().stream()
          .mapToLong(end -> end.offset())
          .sum();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static void awaitWritten(
      KafkaCluster kafka, String topic, long target, Process relay, Path folder) {
    ProducerTests.until(
        () -> {
          assertTrue(relay.isAlive(), () -> "the relay has ended:\n" + log(folder));
          return written(kafka, topic) >= target;
        },
        () -> "the relay writes nothing:\n" + log(folder));
  }

  private static Process start(KafkaCluster kafka, String input, String output, Path folder)
      throws IOException {
    return ForkedJvm.start(
        Relay.class, folder.resolve("relay.log"), kafka.bootstrapServers(), input, output);
  }

  private static String log(Path folder) {
    return ForkedJvm.text(folder.resolve("relay.log"));
  }
}
