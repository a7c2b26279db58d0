package io.github.rdkafka.it.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.testing.KafkaCluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Clients of one listener of a cluster, and what they should or should not be able to do. */
final class SecureClients {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SLICE = Duration.ofMillis(100);

  private final KafkaCluster kafka;
  private final Map<String, Object> config;

  /**
   * @param security how to connect
   */
  SecureClients(KafkaCluster kafka, String listener, Map<String, Object> security) {
    this.kafka = kafka;
    this.config = new HashMap<>(security);
    config.put("bootstrap.servers", kafka.bootstrapServers(listener));
  }

  Map<String, Object> config() {
    return config;
  }

  String newTopic() {
    String topic = "t-" + UUID.randomUUID();
    kafka.createTopic(topic, 1);
    return topic;
  }

  RdKafkaProducer<String, String> producer() {
    return new RdKafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  RdKafkaConsumer<String, String> consumer() {
    Map<String, Object> all = new HashMap<>(config);
    all.put("group.id", "g-" + UUID.randomUUID());
    all.put("auto.offset.reset", "earliest");
    return new RdKafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
  }

  /** Writes one record and reads it. */
  void assertTheyWork() throws Exception {
    String topic = newTopic();
    try (Producer<String, String> producer = producer()) {
      send(producer, topic, "hello");
    }
    try (Consumer<String, String> consumer = consumer()) {
      consumer.subscribe(List.of(topic));
      assertEquals("hello", readOne(consumer));
    }
  }

  /** What {@code poll} throws, and a send fails with. */
  void assertTheyFailWith(Class<? extends AuthenticationException> expected) {
    String topic = newTopic();
    AuthenticationException pollFailure = null;
    try (Consumer<String, String> consumer = consumer()) {
      consumer.subscribe(List.of(topic));
      readOne(consumer);
      fail("a record came");
    } catch (AuthenticationException failure) {
      pollFailure = failure;
    }
    assertEquals(expected, pollFailure.getClass(), pollFailure.getMessage());
    try (Producer<String, String> producer = producer()) {
      send(producer, topic, "hello");
      fail("the record was delivered");
    } catch (ExecutionException failure) {
      assertEquals(expected, failure.getCause().getClass(), failure.getMessage());
    } catch (InterruptedException | TimeoutException failure) {
      fail(failure);
    }
  }

  static void send(Producer<String, String> producer, String topic, String value)
      throws InterruptedException, ExecutionException, TimeoutException {
    producer
        .send(new ProducerRecord<>(topic, value))
        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  static String readOne(Consumer<String, String> consumer) {
    String[] value = new String[1];
    until(
        () -> {
          ConsumerRecords<String, String> records = consumer.poll(SLICE);
          for (ConsumerRecord<String, String> record : records) {
            value[0] = record.value();
          }
          return !records.isEmpty();
        });
    return value[0];
  }

  static void until(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        fail("not within " + PATIENCE);
      }
    }
  }
}
