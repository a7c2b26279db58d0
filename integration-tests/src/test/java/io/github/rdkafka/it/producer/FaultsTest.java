package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Leaders are killed, paused and restarted: no record is lost, none comes twice, order is kept. */
@KafkaClusterTest(brokers = 3, shared = false)
@Timeout(600)
class FaultsTest {
  /** So many that a broker leads several. */
  private static final int PARTITIONS = 12;

  private static final int FAULTS = 9;
  private static final int RECORDS = 300_000;
  private static final int RECORDS_PER_FAULT = RECORDS / FAULTS + 1;
  private static final int BEFORE_THE_FAULT = 3_000;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private enum Fault {
    KILL,
    PAUSE,
    RESTART
  }

  @Test
  void nothingLostNothingTwice(KafkaCluster kafka) throws Exception {
    survive(kafka);
  }

  @RepeatedTest(20)
  @EnabledIfSystemProperty(named = "rdkafka.endurance", matches = "true")
  void nothingLostNothingTwiceEveryTime(KafkaCluster kafka) throws Exception {
    survive(kafka);
  }

  private static void survive(KafkaCluster kafka) throws Exception {
    String topic = "faults-" + UUID.randomUUID();
    kafka.createTopic(topic, PARTITIONS, 3, Map.of("min.insync.replicas", "2"));
    AtomicInteger acknowledged = new AtomicInteger();
    Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    int[] next = IntStream.range(0, PARTITIONS).toArray();
    int sent = 0;
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka, "acks", "all"))) {
      for (int i = 0; i < FAULTS; i++) {
        Fault fault = Fault.values()[i % Fault.values().length];
        int first = sent;
        int end = sent + RECORDS_PER_FAULT;
        Thread sender =
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int record = first; record < end; record++) {
                        send(producer, topic, record, next, acknowledged, failures);
                      }
                    });
        sent = end;
        String step = fault + " number " + i;
        until(
            () -> acknowledged.get() >= first + BEFORE_THE_FAULT || !failures.isEmpty(),
            () -> step + " was not reached: " + acknowledged + " " + failures);
        int leader = partition(kafka, topic, i % PARTITIONS).leader().id();
        strike(kafka, fault, leader);
        until(
            () -> acknowledged.get() == end || !failures.isEmpty(),
            () -> step + ": " + acknowledged + " of " + end + " acknowledged");
        sender.join();
        heal(kafka, fault, leader);
        until(() -> allInSync(kafka, topic), () -> step + ": a replica stays behind");
      }
    }
    assertEquals(List.of(), List.copyOf(failures));
    assertEquals(expected(sent), read(kafka, topic));
  }

  /**
   * @param next the record that the next callback of each partition has to be about
   */
  private static void send(
      RdKafkaProducer<String, String> producer,
      String topic,
      int record,
      int[] next,
      AtomicInteger acknowledged,
      Queue<Exception> failures) {
    producer.send(
        new ProducerRecord<>(topic, record % PARTITIONS, null, Integer.toString(record)),
        (metadata, exception) -> {
          int partition = record % PARTITIONS;
          if (exception != null) {
            failures.add(exception);
          } else if (record != next[partition]) {
            failures.add(new IllegalStateException(record + " instead of " + next[partition]));
          } else {
            next[partition] += PARTITIONS;
            acknowledged.incrementAndGet();
          }
        });
  }

  private static void strike(KafkaCluster kafka, Fault fault, int broker) {
    switch (fault) {
      case KILL -> kafka.kill(broker);
      case PAUSE -> kafka.pause(broker);
      case RESTART -> kafka.restart(broker);
    }
  }

  private static void heal(KafkaCluster kafka, Fault fault, int broker) {
    switch (fault) {
      case KILL -> kafka.restart(broker);
      case PAUSE -> kafka.resume(broker);
      case RESTART -> {}
    }
  }

  private static TopicPartitionInfo partition(KafkaCluster kafka, String topic, int partition)
      throws Exception {
    return kafka
        .admin()
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .get(partition);
  }

  private static boolean allInSync(KafkaCluster kafka, String topic) {
    try {
      for (int i = 0; i < PARTITIONS; i++) {
        if (partition(kafka, topic, i).isr().size() < 3) {
          return false;
        }
      }
      return true;
    } catch (Exception notYet) {
      return false;
    }
  }

  private static List<List<Integer>> expected(int sent) {
    List<List<Integer>> expected = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      List<Integer> records = new ArrayList<>();
      for (int record = partition; record < sent; record += PARTITIONS) {
        records.add(record);
      }
      expected.add(records);
    }
    return expected;
  }

  private static List<List<Integer>> read(KafkaCluster kafka, String topic) {
    List<List<Integer>> read = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      read.add(new ArrayList<>());
    }
    for (ConsumerRecord<byte[], byte[]> record : ProducerTests.readAll(kafka, topic)) {
      read.get(record.partition()).add(Integer.valueOf(ProducerTests.text(record.value())));
    }
    return read;
  }

  private static void until(BooleanSupplier condition, Supplier<String> otherwise) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail(otherwise.get());
      }
      LockSupport.parkNanos(10_000_000);
    }
  }
}
