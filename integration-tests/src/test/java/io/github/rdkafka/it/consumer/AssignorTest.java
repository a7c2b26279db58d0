package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.it.SharedCluster;
import io.github.rdkafka.it.consumer.ConsumerMisuseTest.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Assignors that librdkafka does not have: members of a group find and see what Kafka's do. */
@Timeout(120)
class AssignorTest {
  private static final int PARTITIONS = 4;

  private final String topic = SharedCluster.newTopic(PARTITIONS);
  private final String group = "g-" + UUID.randomUUID();

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  /** A member of the group, what it was told and what it has read. */
  private final class Member implements ConsumerRebalanceListener, AutoCloseable {
    final List<String> journal = new ArrayList<>();
    final Set<String> read = new HashSet<>();
    final Consumer<String, String> consumer;

    Member(String name, Client client, Class<?> assignor) {
      consumer = client.open(configOf(assignor, name, this::told));
      consumer.subscribe(List.of(topic), this);
    }

    boolean has(Integer... partitions) {
      consumer
          .poll(Duration.ofMillis(20))
          .forEach(record -> read.add(record.partition() + "@" + record.offset()));
      return numbers(consumer.assignment()).equals(List.of(partitions));
    }

    private void told(String names) {
      note("told of " + names);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        assertTrue(consumer.assignment().containsAll(partitions));
        note("revoked " + numbers(partitions) + ", committed " + committed(partitions));
      }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        assertTrue(consumer.assignment().containsAll(partitions));
        note("assigned " + numbers(partitions));
      }
    }

    private List<Long> committed(Collection<TopicPartition> partitions) {
      return consumer.committed(Set.copyOf(partitions)).values().stream()
          .map(offset -> offset == null ? null : offset.offset())
          .distinct()
          .toList();
    }

    /** How often members of a group that give partitions up one by one meet, is up to them. */
    private void note(String what) {
      if (journal.isEmpty() || !journal.getLast().equals(what)) {
        journal.add(what);
      }
    }

    @Override
    public void close() {
      consumer.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"KAFKA, KAFKA", "OURS, OURS", "OURS, KAFKA", "KAFKA, OURS"})
  void eagerly(Client one, Client other) {
    rebalances(
        one,
        other,
        UserAssignor.class,
        List.of(
            "told of first",
            "assigned [0, 1, 2, 3]",
            "revoked [0, 1, 2, 3], committed [10]",
            "told of first,second",
            "assigned [0, 2]",
            "revoked [0, 2], committed [20]",
            "told of first",
            "assigned [0, 1, 2, 3]",
            "revoked [0, 1, 2, 3], committed [20]"));
  }

  @ParameterizedTest
  @CsvSource({"KAFKA, KAFKA", "OURS, OURS", "OURS, KAFKA", "KAFKA, OURS"})
  void oneByOne(Client one, Client other) {
    rebalances(
        one,
        other,
        UserAssignor.Cooperative.class,
        List.of(
            "told of first",
            "assigned [0, 1, 2, 3]",
            "revoked [1, 3], committed [10]",
            "told of first,second",
            "told of first",
            "assigned [1, 3]",
            "revoked [0, 1, 2, 3], committed [20]"));
  }

  private void rebalances(Client one, Client other, Class<?> assignor, List<String> expected) {
    produceToAll(0, 10);
    List<String> seen;
    List<String> ofSecond;
    try (Member first = new Member("first", one, assignor)) {
      seen = first.journal;
      until(
          () -> first.has(0, 1, 2, 3) && first.read.size() == 40,
          () -> first.journal + " " + first.read);
      try (Member second = new Member("second", other, assignor)) {
        until(() -> areShared(first, second), () -> first.journal + " " + second.journal);
        produceToAll(10, 20);
        until(
            () -> areShared(first, second) && first.read.size() + second.read.size() == 80,
            () -> first.read + " " + second.read);
        assertEquals(20, second.read.size(), "what the first has read is not read again");
        ofSecond = second.journal;
      }
      assertEquals(
          List.of("told of first,second", "assigned [1, 3]", "revoked [1, 3], committed [20]"),
          ofSecond);
      until(() -> first.has(0, 1, 2, 3), () -> first.journal.toString());
      assertEquals(60, first.read.size());
    }
    assertEquals(expected, seen);
  }

  @Test
  void offsetsOfATransactionAreFencedByTheGeneration() {
    produceToAll(0, 1);
    try (Member first = new Member("first", Client.OURS, UserAssignor.class);
        KafkaProducer<String, String> producer = transactional()) {
      until(() -> first.has(0, 1, 2, 3), () -> first.journal.toString());
      ConsumerGroupMetadata early = first.consumer.groupMetadata();
      sendOffsets(producer, 7, early);
      try (Member second = new Member("second", Client.KAFKA, UserAssignor.class)) {
        until(() -> areShared(first, second), () -> first.journal.toString());
        assertThrows(CommitFailedException.class, () -> sendOffsets(producer, 8, early));
        producer.abortTransaction();
        sendOffsets(producer, 9, first.consumer.groupMetadata());
        TopicPartition partition = new TopicPartition(topic, 0);
        assertEquals(9, first.consumer.committed(Set.of(partition)).get(partition).offset());
      }
    }
  }

  private void sendOffsets(
      KafkaProducer<String, String> producer, long offset, ConsumerGroupMetadata member) {
    producer.beginTransaction();
    producer.sendOffsetsToTransaction(
        Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)), member);
    producer.commitTransaction();
  }

  @Test
  void commitsOfAllKinds() throws Exception {
    produceToAll(0, 1);
    TopicPartition partition = new TopicPartition(topic, 0);
    List<Long> answered = new ArrayList<>();
    Map<String, Object> config = configOf(StickyAssignor.class, "one", names -> {});
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, CommitWitness.class.getName());
    config.put(CommitWitness.KEY, answered);
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      consumer.subscribe(List.of(topic));
      read(consumer, PARTITIONS);
      consumer.commitAsync(
          Map.of(partition, new OffsetAndMetadata(2)),
          (offsets, failure) -> answered.add(failure == null ? 20L : -1L));
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(3)));
      assertEquals(List.of(2L, 20L, 3L), answered);
      consumer
          .commit(Map.of(partition, new OffsetAndMetadata(4)))
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertEquals(4, consumer.committed(Set.of(partition)).get(partition).offset());
      assertEquals(List.of(2L, 20L, 3L, 4L), answered);
      assertTrue(
          consumer.metrics().entrySet().stream()
              .anyMatch(
                  metric ->
                      metric.getKey().name().equals("join-total")
                          && metric.getKey().group().equals("consumer-coordinator-metrics")
                          && (double) metric.getValue().metricValue() >= 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachWakeUpEndsOneCall(Client client) {
    produceToAll(0, 1);
    try (Member member = new Member("first", client, UserAssignor.class)) {
      until(
          () -> member.has(0, 1, 2, 3) && member.read.size() == PARTITIONS,
          () -> member.journal.toString());
      Consumer<String, String> consumer = member.consumer;
      consumer.wakeup();
      assertThrows(WakeupException.class, consumer::commitSync);
      consumer.commitSync();
      consumer.wakeup();
      assertThrows(WakeupException.class, () -> consumer.poll(Duration.ZERO));
      consumer.commitSync();
      assertTrue(member.has(0, 1, 2, 3));
      CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(consumer::wakeup);
      assertThrows(WakeupException.class, () -> consumer.poll(PATIENCE));
      consumer.commitSync();
      assertTrue(member.has(0, 1, 2, 3));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aListenerThatFails(Client client) {
    produceToAll(0, 1);
    RuntimeException failure = new IllegalStateException("the user's");
    AtomicBoolean failed = new AtomicBoolean();
    try (Consumer<String, String> consumer =
        client.open(configOf(UserAssignor.class, "one", names -> {}))) {
      consumer.subscribe(
          List.of(topic),
          new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
              if (failed.compareAndSet(false, true)) {
                throw failure;
              }
            }
          });
      KafkaException thrown = assertThrows(KafkaException.class, () -> read(consumer, PARTITIONS));
      assertEquals("User rebalance callback throws an error", thrown.getMessage());
      assertSame(failure, thrown.getCause());
      read(consumer, PARTITIONS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPattern(Client client) {
    produceToAll(0, 1);
    try (Consumer<String, String> consumer =
        client.open(configOf(UserAssignor.class, "one", names -> {}))) {
      consumer.subscribe(Pattern.compile(topic.substring(0, topic.length() - 1) + "."));
      read(consumer, PARTITIONS);
      assertEquals(Set.of(topic), consumer.subscription());
      consumer.unsubscribe();
      assertEquals(Set.of(), consumer.subscription());
      assertEquals(Set.of(), consumer.assignment());
      consumer.assign(List.of(new TopicPartition(topic, 1)));
      consumer.seekToBeginning(List.of());
      read(consumer, 1);
      consumer.commitSync();
      consumer.unsubscribe();
      consumer.subscribe(List.of(topic));
      until(
          () -> {
            consumer.poll(Duration.ofMillis(20));
            return consumer.assignment().size() == PARTITIONS;
          },
          () -> "not assigned again");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeMade(Client client) {
    Map<String, Object> config = config();
    config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, "com.example.NotThere");
    KafkaException failure = assertThrows(KafkaException.class, () -> client.open(config));
    assertEquals("Failed to construct kafka consumer", failure.getMessage());
    assertEquals(
        "com.example.NotThere ClassNotFoundException exception occurred",
        failure.getCause().getMessage());
  }

  private Map<String, Object> configOf(
      Class<?> assignor, String name, java.util.function.Consumer<String> told) {
    return config(
        ConsumerConfig.GROUP_ID_CONFIG,
        group,
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        List.of(assignor),
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        300,
        ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG,
        Integer.MAX_VALUE,
        UserAssignor.NAME,
        name,
        UserAssignor.TOLD,
        told);
  }

  /** Polls both. */
  private static boolean areShared(Member first, Member second) {
    boolean one = first.has(0, 2);
    boolean other = second.has(1, 3);
    return one && other;
  }

  private void produceToAll(int from, int to) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      produce(topic, partition, from, to);
    }
  }

  private KafkaProducer<String, String> transactional() {
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                SharedCluster.get().bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                group),
            new StringSerializer(),
            new StringSerializer());
    producer.initTransactions();
    return producer;
  }

  private static List<Integer> numbers(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).sorted().toList();
  }
}
