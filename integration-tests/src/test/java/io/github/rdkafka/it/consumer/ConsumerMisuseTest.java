package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.it.SharedCluster;
import java.time.Duration;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong goes wrong as in Kafka's own consumer. */
@Timeout(120)
class ConsumerMisuseTest {
  /** Both consumers, for scenarios whose outcome Kafka's decides. */
  enum Client {
    KAFKA,
    OURS;

    Consumer<String, String> open(Map<String, Object> config) {
      StringDeserializer strings = new StringDeserializer();
      return this == KAFKA
          ? new KafkaConsumer<>(config, strings, strings)
          : new RdKafkaConsumer<>(config, strings, strings);
    }
  }

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @EnumSource
  void argumentsAndStates(Client client) {
    TopicPartition partition = new TopicPartition("t", 0);
    TopicPartition other = new TopicPartition("t", 1);
    try (Consumer<String, String> consumer = client.open(config())) {
      fails(
          IllegalStateException.class,
          "Consumer is not subscribed to any topics or assigned any partitions",
          () -> consumer.poll(Duration.ZERO));
      fails(
          IllegalArgumentException.class,
          "Topic collection to subscribe to cannot be null",
          () -> consumer.subscribe((Collection<String>) null));
      fails(
          IllegalArgumentException.class,
          "Topic collection to subscribe to cannot contain null or empty topic",
          () -> consumer.subscribe(List.of(" ")));
      fails(
          IllegalArgumentException.class,
          "RebalanceListener cannot be null",
          () -> consumer.subscribe(List.of("t"), null));
      consumer.assign(List.of(partition));
      fails(
          IllegalStateException.class,
          "Subscription to topics, partitions and pattern are mutually exclusive",
          () -> consumer.subscribe(List.of("t")));
      fails(
          IllegalArgumentException.class,
          "seek offset must not be a negative number",
          () -> consumer.seek(partition, -1));
      fails(
          IllegalStateException.class,
          "No current assignment for partition t-1",
          () -> consumer.seek(other, 1));
      fails(
          IllegalStateException.class,
          "No current assignment for partition t-1",
          () -> consumer.pause(List.of(other)));
      fails(
          IllegalStateException.class,
          "You can only check the position for partitions assigned to this consumer.",
          () -> consumer.position(other));
    }
  }

  @ParameterizedTest
  @EnumSource
  void groupWithoutAnAssignor(Client client) {
    Map<String, Object> config =
        config(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of());
    try (Consumer<String, String> consumer = client.open(config)) {
      fails(
          IllegalStateException.class,
          "Must configure at least one partition assigner class name to"
              + " partition.assignment.strategy configuration property",
          () -> consumer.subscribe(List.of("t")));
      consumer.assign(List.of(new TopicPartition("t", 0)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void badValueOfAKey(Client client) {
    KafkaException failure =
        assertThrows(
            KafkaException.class,
            () -> client.open(config(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "many")));
    assertEquals(
        "Invalid value many for configuration max.poll.records: Not a number of type INT",
        failure.getMessage());
    KafkaException unresolvable =
        assertThrows(
            KafkaException.class,
            () -> client.open(config(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "nonsense")));
    assertEquals("Failed to construct kafka consumer", unresolvable.getMessage());
    assertEquals(
        "Invalid url in bootstrap.servers: nonsense", unresolvable.getCause().getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void afterClose(Client client) {
    Consumer<String, String> consumer = client.open(config());
    consumer.close();
    fails(
        IllegalStateException.class,
        "This consumer has already been closed.",
        () -> consumer.poll(Duration.ZERO));
    fails(
        IllegalStateException.class,
        "This consumer has already been closed.",
        () -> consumer.subscribe(List.of("t")));
  }

  @ParameterizedTest
  @EnumSource
  void aSecondThreadIsRefused(Client client) throws Exception {
    String topic = SharedCluster.newTopic(1);
    try (Consumer<String, String> consumer = client.open(config())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      CountDownLatch inside = new CountDownLatch(1);
      CompletableFuture<Throwable> poller = new CompletableFuture<>();
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    inside.countDown();
                    while (!poller.isDone()) {
                      try {
                        consumer.poll(Duration.ofSeconds(60));
                        poller.complete(null);
                      } catch (ConcurrentModificationException metTheOther) {
                        // the test's own look came first
                      } catch (Throwable failure) {
                        poller.complete(failure);
                      }
                    }
                  });
      assertTrue(inside.await(30, TimeUnit.SECONDS));
      until(
          () -> {
            try {
              consumer.paused();
              return false;
            } catch (ConcurrentModificationException refused) {
              assertTrue(
                  refused
                      .getMessage()
                      .startsWith("KafkaConsumer is not safe for multi-threaded access."),
                  refused.getMessage());
              return true;
            }
          },
          () -> "the second thread was let in");
      consumer.wakeup();
      assertInstanceOf(WakeupException.class, poller.get(30, TimeUnit.SECONDS));
      thread.join();
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptsAndEarlyWakeups(Client client) {
    String topic = SharedCluster.newTopic(1);
    try (Consumer<String, String> consumer = client.open(config())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      consumer.wakeup();
      assertThrows(WakeupException.class, () -> consumer.poll(Duration.ofSeconds(60)));
      consumer.poll(Duration.ZERO);
      Thread.currentThread().interrupt();
      assertThrows(InterruptException.class, () -> consumer.poll(Duration.ofSeconds(60)));
      assertTrue(Thread.interrupted());
      consumer.poll(Duration.ZERO);
    }
  }

  @ParameterizedTest
  @EnumSource
  void groupMethodsWithoutAGroup(Client client) {
    Map<String, Object> config = config();
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    String message =
        "To use the group management or offset commit APIs, you must provide a valid group.id in"
            + " the consumer configuration.";
    try (Consumer<String, String> consumer = client.open(config)) {
      Class<? extends Exception> invalid = InvalidGroupIdException.class;
      fails(invalid, message, () -> consumer.subscribe(List.of("t")));
      fails(
          invalid,
          message,
          () -> consumer.commitSync(Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(1))));
      fails(invalid, message, () -> consumer.committed(Set.of(new TopicPartition("t", 0))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aListenerThatThrowsOnce(Client client) {
    String topic = SharedCluster.newTopic(1);
    produce(topic, 0, 0, 3);
    AtomicBoolean thrown = new AtomicBoolean();
    try (Consumer<String, String> consumer = client.open(config())) {
      consumer.subscribe(
          List.of(topic),
          new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
              if (thrown.compareAndSet(false, true)) {
                throw new IllegalArgumentException("no");
              }
            }
          });
      KafkaException failure = assertThrows(KafkaException.class, () -> read(consumer, 3));
      assertEquals("User rebalance callback throws an error", failure.getMessage());
      assertEquals("no", failure.getCause().getMessage());
      assertEquals(3, read(consumer, 3).size());
    }
  }

  @Test
  void aDeserializerThatThrowsLeavesThePositionOnTheRecord() {
    String topic = SharedCluster.newTopic(1);
    produce(topic, 0, 0, 10);
    TopicPartition partition = new TopicPartition(topic, 0);
    Deserializer<String> picky =
        (name, data) -> {
          String text = new StringDeserializer().deserialize(name, data);
          if (text.equals("4")) {
            throw new IllegalArgumentException("four");
          }
          return text;
        };
    try (RdKafkaConsumer<String, String> consumer =
        new RdKafkaConsumer<>(config(), new StringDeserializer(), picky)) {
      consumer.assign(List.of(partition));
      assertEquals(4, read(consumer, 4).size());
      for (int i = 0; i < 3; i++) {
        RecordDeserializationException failure =
            assertThrows(
                RecordDeserializationException.class, () -> consumer.poll(Duration.ofSeconds(30)));
        assertEquals(4, failure.offset());
        assertEquals(partition, failure.topicPartition());
        assertEquals(
            "Error deserializing VALUE for partition "
                + partition
                + " at offset 4. If needed, please seek past the record to continue consumption.",
            failure.getMessage());
      }
      assertEquals(4, consumer.position(partition));
      consumer.seek(partition, 5);
      assertEquals(
          List.of("5", "6", "7", "8", "9"),
          read(consumer, 5).stream().map(ConsumerRecord::value).toList());
    }
  }

  private static void fails(Class<? extends Exception> type, String message, Executable action) {
    Exception failure = assertThrows(Exception.class, action);
    assertEquals(type, failure.getClass());
    assertEquals(message, failure.getMessage());
  }
}
