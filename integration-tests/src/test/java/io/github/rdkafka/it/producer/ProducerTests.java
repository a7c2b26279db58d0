package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.internal.natives.LiveObjects;
import io.github.rdkafka.testing.KafkaCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the producer's tests share. */
final class ProducerTests {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Nobody listens there. */
  static final String NOWHERE = "127.0.0.1:1";

  private static final long LOOK_NANOS = 2_000_000;

  private ProducerTests() {}

  static Map<String, Object> config(KafkaCluster kafka, Object... overrides) {
    return config(kafka.bootstrapServers(), overrides);
  }

  static Map<String, Object> config(String bootstrapServers, Object... overrides) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    for (int i = 0; i < overrides.length; i += 2) {
      config.put((String) overrides[i], overrides[i + 1]);
    }
    return config;
  }

  static RdKafkaProducer<String, String> open(Map<String, Object> config) {
    return new RdKafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  /** Connects, however short the producer's patience is. */
  static void awaitTopic(Producer<?, ?> producer, String topic) {
    until(
        () -> {
          try {
            return !producer.partitionsFor(topic).isEmpty();
          } catch (TimeoutException notYet) {
            return false;
          }
        },
        () -> topic + " stays unknown");
  }

  /** Calls what has little time until it gets by with it. */
  static void repeat(Runnable call) {
    until(
        () -> {
          try {
            call.run();
            return true;
          } catch (TimeoutException notYet) {
            return false;
          }
        },
        () -> "times out for ever");
  }

  /** A new topic with a name of its own. */
  static String newTopic(KafkaCluster kafka, int partitions) {
    String topic = "p-" + UUID.randomUUID();
    kafka.createTopic(topic, partitions);
    return topic;
  }

  /** All that is in a topic, in the order of partitions and offsets, by Kafka's own consumer. */
  static List<ConsumerRecord<byte[], byte[]>> readAll(KafkaCluster kafka, String topic) {
    Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrapServers());
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      until(
          () -> {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            return partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p));
          },
          () -> "cannot read " + topic);
    }
    records.sort(
        (a, b) ->
            a.partition() == b.partition()
                ? Long.compare(a.offset(), b.offset())
                : Integer.compare(a.partition(), b.partition()));
    return records;
  }

  static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  static void until(BooleanSupplier condition, Supplier<String> otherwise) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        fail(otherwise.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** No native object and no thread of a producer is left, after a while. */
  static void assertNothingIsLeft() {
    until(() -> LiveObjects.count() == 0, () -> LiveObjects.count() + " native objects are left");
    until(() -> threads().isEmpty(), () -> "left: " + threads());
    assertEquals(0, LiveObjects.count());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(
            name ->
                name.startsWith("kafka-producer-")
                    || name.startsWith("rdkafka-reaper")
                    || name.startsWith("rdk:"))
        .toList();
  }
}
