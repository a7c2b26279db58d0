package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Closing a member of a group in every state, in both protocols, with every option: within its
 * time, which is its timeout, a second more, and some for a busy machine.
 */
@KafkaClusterTest(shared = false)
@Timeout(120)
class ConsumerCloseStatesTest {
  private static final Duration BOUND = Duration.ofSeconds(2);
  private static final Duration PROMISED = Duration.ofSeconds(1);
  private static final Duration BUSY_MACHINE = Duration.ofSeconds(4);
  private static final int PARTITIONS = 2;

  private final KafkaCluster kafka;
  private final String topic = "t-" + UUID.randomUUID();
  private final TopicPartition partition = new TopicPartition(topic, 0);

  ConsumerCloseStatesTest(KafkaCluster kafka) {
    this.kafka = kafka;
  }

  @AfterEach
  void nothingIsLeft() {
    if (!kafka.isRunning(1)) {
      kafka.restart(1);
    }
    kafka.resume(1);
    Leftovers.assertNone();
  }

  /** The group waits for this member when it closes. */
  @ParameterizedTest
  @CsvSource({
    "classic, DEFAULT", "classic, LEAVE_GROUP", "classic, REMAIN_IN_GROUP",
    "consumer, DEFAULT", "consumer, LEAVE_GROUP", "consumer, REMAIN_IN_GROUP"
  })
  void duringARebalance(String protocol, GroupMembershipOperation operation) {
    RdKafkaConsumer<String, String> first = joined(protocol);
    try (RdKafkaConsumer<String, String> second = consumer(configOf(protocol))) {
      second.subscribe(List.of(topic));
      until(
          () -> {
            second.poll(Duration.ofMillis(50));
            return Set.of(
                    GroupState.PREPARING_REBALANCE, GroupState.ASSIGNING, GroupState.RECONCILING)
                .contains(groupState());
          },
          () -> "no rebalance, but " + groupState());
      close(first, operation);
      if (operation != GroupMembershipOperation.REMAIN_IN_GROUP) {
        until(
            () -> {
              second.poll(Duration.ofMillis(50));
              return second.assignment().size() == PARTITIONS;
            },
            () -> "partitions were not given back: " + second.assignment());
      }
    }
  }

  /** It joins in the background, and never polls again. */
  @ParameterizedTest
  @CsvSource({
    "classic, DEFAULT", "classic, LEAVE_GROUP", "classic, REMAIN_IN_GROUP",
    "consumer, DEFAULT", "consumer, LEAVE_GROUP", "consumer, REMAIN_IN_GROUP"
  })
  void withAnAssignmentThatItHasNotSeen(String protocol, GroupMembershipOperation operation) {
    kafka.createTopic(topic, PARTITIONS);
    RdKafkaConsumer<String, String> consumer = consumer(configOf(protocol));
    consumer.subscribe(List.of(topic));
    until(
        () -> Set.of(GroupState.STABLE, GroupState.RECONCILING).contains(groupState()),
        () -> "has not joined, but " + groupState());
    close(consumer, operation);
  }

  @ParameterizedTest
  @CsvSource({
    "classic, DEFAULT", "classic, LEAVE_GROUP", "classic, REMAIN_IN_GROUP",
    "consumer, DEFAULT", "consumer, LEAVE_GROUP", "consumer, REMAIN_IN_GROUP"
  })
  void whenNoBrokerWasEverThere(String protocol, GroupMembershipOperation operation) {
    Map<String, Object> config = configOf(protocol);
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    RdKafkaConsumer<String, String> consumer = consumer(config);
    consumer.subscribe(List.of(topic));
    assertTrue(consumer.poll(Duration.ofMillis(200)).isEmpty());
    close(consumer, operation);
  }

  /** Records were read that the close would commit. */
  @ParameterizedTest
  @CsvSource({
    "classic, DEFAULT, false", "classic, LEAVE_GROUP, false", "classic, REMAIN_IN_GROUP, false",
    "consumer, DEFAULT, false", "consumer, LEAVE_GROUP, false", "consumer, REMAIN_IN_GROUP, false",
    "classic, DEFAULT, true"
  })
  void whenTheBrokerIsGone(String protocol, GroupMembershipOperation operation, boolean killed) {
    RdKafkaConsumer<String, String> consumer = joined(protocol);
    produce(10);
    read(consumer, 1);
    if (killed) {
      kafka.kill(1);
    } else {
      kafka.pause(1);
    }
    close(consumer, operation);
  }

  /** The callback is told before the close ends. */
  @ParameterizedTest
  @CsvSource({
    "classic, DEFAULT", "classic, LEAVE_GROUP", "classic, REMAIN_IN_GROUP",
    "consumer, DEFAULT", "consumer, LEAVE_GROUP", "consumer, REMAIN_IN_GROUP"
  })
  void withACommitThatNobodyAnswers(String protocol, GroupMembershipOperation operation) {
    List<Exception> told = new ArrayList<>();
    RdKafkaConsumer<String, String> consumer = joined(protocol);
    kafka.pause(1);
    consumer.commitAsync(
        Map.of(partition, new OffsetAndMetadata(0)), (offsets, failure) -> told.add(failure));
    consumer.poll(Duration.ofMillis(100));
    close(consumer, operation);
    assertEquals(1, told.size(), told::toString);
    assertNotNull(told.getFirst());
  }

  /** The place it wants in the group is taken, for ever. */
  @ParameterizedTest
  @EnumSource(GroupMembershipOperation.class)
  void afterAFatalError(GroupMembershipOperation operation) {
    Map<String, Object> config = configOf("consumer");
    config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "instance");
    try (RdKafkaConsumer<String, String> owner = joined(config)) {
      RdKafkaConsumer<String, String> late = consumer(config);
      late.subscribe(List.of(topic));
      assertThrows(
          UnreleasedInstanceIdException.class,
          () -> until(() -> late.poll(Duration.ofMillis(50)) == null, () -> "not refused"));
      close(late, operation);
      owner.poll(Duration.ofMillis(50));
      assertEquals(PARTITIONS, owner.assignment().size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "classic, DEFAULT", "classic, LEAVE_GROUP", "classic, REMAIN_IN_GROUP",
    "consumer, DEFAULT", "consumer, LEAVE_GROUP", "consumer, REMAIN_IN_GROUP"
  })
  void whileItIsToldOfARevocation(String protocol, GroupMembershipOperation operation) {
    Closing closing = new Closing(operation);
    RdKafkaConsumer<String, String> first = joined(protocol, closing);
    closing.when = "revoked";
    try (RdKafkaConsumer<String, String> second = consumer(configOf(protocol))) {
      second.subscribe(List.of(topic));
      pollUntilClosed(first, closing, () -> second.poll(Duration.ofMillis(50)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "classic, DEFAULT", "classic, LEAVE_GROUP", "classic, REMAIN_IN_GROUP",
    "consumer, DEFAULT", "consumer, LEAVE_GROUP", "consumer, REMAIN_IN_GROUP"
  })
  void whileItIsToldOfALoss(String protocol, GroupMembershipOperation operation) throws Exception {
    Closing closing = new Closing(operation);
    RdKafkaConsumer<String, String> consumer = joined(protocol, closing);
    closing.when = "lost";
    kafka
        .admin()
        .removeMembersFromConsumerGroup("g-" + topic, new RemoveMembersFromConsumerGroupOptions())
        .all()
        .get();
    pollUntilClosed(consumer, closing, () -> {});
  }

  /** As an assignment may be told before the group has settled. */
  @ParameterizedTest
  @CsvSource({
    "classic, DEFAULT", "classic, LEAVE_GROUP", "classic, REMAIN_IN_GROUP",
    "consumer, DEFAULT", "consumer, LEAVE_GROUP", "consumer, REMAIN_IN_GROUP"
  })
  void whileItIsToldOfAnAssignment(String protocol, GroupMembershipOperation operation) {
    kafka.createTopic(topic, PARTITIONS);
    Closing closing = new Closing(operation);
    closing.when = "assigned";
    RdKafkaConsumer<String, String> consumer = consumer(configOf(protocol));
    closing.consumer = consumer;
    consumer.subscribe(List.of(topic), closing);
    pollUntilClosed(consumer, closing, () -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "classic, DEFAULT", "classic, LEAVE_GROUP", "classic, REMAIN_IN_GROUP",
    "consumer, DEFAULT", "consumer, LEAVE_GROUP", "consumer, REMAIN_IN_GROUP"
  })
  void inTheCallbackOfACommit(String protocol, GroupMembershipOperation operation) {
    Closing closing = new Closing(operation);
    RdKafkaConsumer<String, String> consumer = joined(protocol, closing);
    closing.when = "committed";
    consumer.commitAsync(
        Map.of(partition, new OffsetAndMetadata(0)), (offsets, failure) -> closing.on("committed"));
    pollUntilClosed(consumer, closing, () -> {});
  }

  @ParameterizedTest
  @CsvSource({"classic, false", "consumer, false", "classic, true", "consumer, true"})
  void afterUnsubscribing(String protocol, boolean backlog) {
    RdKafkaConsumer<String, String> consumer = joined(protocol);
    if (backlog) {
      produce(5000);
      read(consumer, 100);
    }
    consumer.unsubscribe();
    // by itself the close has half a minute
    assertTimeout(BOUND.plus(PROMISED).plus(BUSY_MACHINE), () -> consumer.close());
  }

  private static void close(RdKafkaConsumer<?, ?> consumer, GroupMembershipOperation operation) {
    CloseOptions options = CloseOptions.timeout(BOUND).withGroupMembershipOperation(operation);
    assertTimeout(
        BOUND.plus(PROMISED).plus(BUSY_MACHINE),
        () -> {
          try {
            consumer.close(options);
          } catch (KafkaException notCommitted) {
            // allowed, as long as it ends
          }
        });
  }

  private static void pollUntilClosed(
      RdKafkaConsumer<?, ?> consumer, Closing closing, Runnable others) {
    until(
        () -> {
          others.run();
          try {
            consumer.poll(Duration.ofMillis(50));
          } catch (IllegalStateException closed) {
            // the poll that the close was called in
          }
          return closing.closed;
        },
        () -> "never told: " + closing.when);
    assertThrows(IllegalStateException.class, () -> consumer.poll(Duration.ZERO));
  }

  /** Closes its consumer at one of the calls of the user's code. */
  private static final class Closing implements ConsumerRebalanceListener {
    private final GroupMembershipOperation operation;
    private RdKafkaConsumer<?, ?> consumer;
    private String when = "";
    private boolean closed;

    Closing(GroupMembershipOperation operation) {
      this.operation = operation;
    }

    void on(String event) {
      if (event.equals(when) && !closed) {
        closed = true;
        close(consumer, operation);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      on("revoked");
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      on("assigned");
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      on("lost");
    }
  }

  private RdKafkaConsumer<String, String> joined(String protocol) {
    return joined(configOf(protocol));
  }

  private RdKafkaConsumer<String, String> joined(Map<String, Object> config) {
    return joined(config, consumer -> consumer.subscribe(List.of(topic)));
  }

  private RdKafkaConsumer<String, String> joined(String protocol, Closing closing) {
    return joined(
        configOf(protocol),
        consumer -> {
          closing.consumer = consumer;
          consumer.subscribe(List.of(topic), closing);
        });
  }

  private RdKafkaConsumer<String, String> joined(
      Map<String, Object> config, Consumer<RdKafkaConsumer<String, String>> subscribe) {
    kafka.createTopic(topic, PARTITIONS);
    RdKafkaConsumer<String, String> consumer = consumer(config);
    subscribe.accept(consumer);
    until(
        () -> {
          consumer.poll(Duration.ofMillis(50));
          return consumer.assignment().size() == PARTITIONS;
        },
        () -> "no assignment");
    return consumer;
  }

  private GroupState groupState() {
    return kafka
        .admin()
        .describeConsumerGroups(List.of("g-" + topic))
        .describedGroups()
        .get("g-" + topic)
        .toCompletionStage()
        .toCompletableFuture()
        .thenApply(description -> description.groupState())
        .exceptionally(noSuchGroup -> GroupState.UNKNOWN)
        .join();
  }

  private void produce(int count) {
    Map<String, Object> config =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      List<Future<RecordMetadata>> sends = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        sends.add(producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, "v" + i)));
      }
      for (Future<RecordMetadata> send : sends) {
        assertDoesNotThrow(() -> send.get());
      }
    }
  }

  private Map<String, Object> configOf(String protocol) {
    Map<String, Object> config =
        config(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            protocol,
            ConsumerConfig.GROUP_ID_CONFIG,
            "g-" + topic);
    if (protocol.equals("classic")) {
      // librdkafka holds on to an unanswered commit for that long
      config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000);
      config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);
    }
    return config;
  }
}
