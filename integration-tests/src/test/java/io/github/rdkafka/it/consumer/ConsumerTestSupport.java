package io.github.rdkafka.it.consumer;

import static org.junit.jupiter.api.Assertions.fail;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.SharedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the consumer's tests share: configurations, records to read, waiting with a deadline. */
final class ConsumerTestSupport {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long POLL_NANOS = 2_000_000;

  private ConsumerTestSupport() {}

  static Map<String, Object> config(Object... overrides) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, SharedCluster.get().bootstrapServers());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, "g-" + UUID.randomUUID());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    for (int i = 0; i < overrides.length; i += 2) {
      config.put((String) overrides[i], overrides[i + 1]);
    }
    return config;
  }

  static RdKafkaConsumer<String, String> consumer(Map<String, Object> config) {
    return new RdKafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
  }

  static KafkaProducer<String, String> producer() {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            SharedCluster.get().bootstrapServers(),
            ProducerConfig.LINGER_MS_CONFIG,
            60_000);
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  /**
   * Writes "0", "1", ... with keys of the same text to one partition. As many of them as a batch
   * takes become visible at once, however slowly they are sent.
   */
  static void produce(String topic, int partition, int from, int to) {
    try (KafkaProducer<String, String> producer = producer()) {
      List<Future<RecordMetadata>> sends = new ArrayList<>();
      for (int i = from; i < to; i++) {
        sends.add(producer.send(new ProducerRecord<>(topic, partition, "k" + i, "" + i)));
      }
      producer.flush();
      for (Future<RecordMetadata> send : sends) {
        send.get();
      }
    } catch (ExecutionException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  /** Polls until {@code count} records have come. */
  static <K, V> List<ConsumerRecord<K, V>> read(Consumer<K, V> consumer, int count) {
    List<ConsumerRecord<K, V>> records = new ArrayList<>();
    until(
        () -> {
          consumer.poll(Duration.ofMillis(100)).forEach(records::add);
          return records.size() >= count;
        },
        () ->
            "only "
                + records.size()
                + " of "
                + count
                + " records; "
                + consumer.assignment().stream()
                    .map(partition -> partition + " at " + positionOf(consumer, partition))
                    .toList());
    return records;
  }

  private static String positionOf(Consumer<?, ?> consumer, TopicPartition partition) {
    try {
      return String.valueOf(consumer.position(partition, Duration.ofMillis(100)));
    } catch (KafkaException unknown) {
      return unknown.getMessage();
    }
  }

  static void until(BooleanSupplier condition, Supplier<String> otherwise) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(POLL_NANOS);
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        fail(otherwise.get());
      }
    }
  }
}
