package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every call of a group's member that waits for brokers, with brokers that take its requests and do
 * not answer, ended from outside. All have half an hour; how long they took is logged.
 */
@KafkaClusterTest(shared = false)
@Timeout(120)
class BlockedMemberTest {
  private static final Logger LOG = LoggerFactory.getLogger(BlockedMemberTest.class);
  private static final Duration LONG = Duration.ofMinutes(30);

  private final KafkaCluster kafka;
  private final String topic = "t-" + UUID.randomUUID();
  private final TopicPartition partition = new TopicPartition(topic, 0);
  private Thread thread;

  BlockedMemberTest(KafkaCluster kafka) {
    this.kafka = kafka;
  }

  @AfterEach
  void nothingIsLeft() {
    kafka.resume(1);
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @CsvSource({"classic, false", "consumer, false", "classic, true", "consumer, true"})
  void everyCallReturns(String protocol, boolean interrupt) throws Exception {
    RdKafkaConsumer<String, String> consumer = joined(protocol, true);
    kafka.pause(1);
    Set<TopicPartition> partitions = Set.of(partition);
    Map<String, Runnable> calls =
        Map.of(
            "poll", () -> consumer.poll(LONG),
            "commitSync",
                () -> consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)), LONG),
            "committed", () -> consumer.committed(partitions, LONG),
            "beginningOffsets", () -> consumer.beginningOffsets(partitions, LONG),
            "endOffsets", () -> consumer.endOffsets(partitions, LONG),
            "offsetsForTimes", () -> consumer.offsetsForTimes(Map.of(partition, 1L), LONG),
            "partitionsFor", () -> consumer.partitionsFor("another", LONG),
            "listTopics", () -> consumer.listTopics(LONG));
    try {
      for (Map.Entry<String, Runnable> call : calls.entrySet()) {
        CompletableFuture<Throwable> outcome = block(call.getValue());
        long begun = System.nanoTime();
        if (interrupt) {
          thread.interrupt();
        } else {
          consumer.wakeup();
        }
        Throwable thrown = outcome.get(30, TimeUnit.SECONDS);
        log(protocol, call.getKey(), begun);
        assertEquals(expected(interrupt), thrown.getClass(), call.getKey());
      }
    } finally {
      kafka.resume(1);
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    }
  }

  /** A position that has to be asked for, as nothing is committed. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void positionReturns(boolean interrupt) throws Exception {
    kafka.createTopic(topic, 1);
    try (RdKafkaConsumer<String, String> consumer = consumer(configOf("classic", false))) {
      consumer.assign(List.of(partition));
      consumer.listTopics();
      kafka.pause(1);
      CompletableFuture<Throwable> outcome = block(() -> consumer.position(partition, LONG));
      long begun = System.nanoTime();
      if (interrupt) {
        thread.interrupt();
      } else {
        consumer.wakeup();
      }
      Throwable thrown = outcome.get(30, TimeUnit.SECONDS);
      log("classic", "position", begun);
      assertEquals(expected(interrupt), thrown.getClass());
      kafka.resume(1);
    }
  }

  /** While it waits for its commit, or for having left. */
  @ParameterizedTest
  @CsvSource({"classic, true", "classic, false", "consumer, true", "consumer, false"})
  void closeReturnsWhenInterrupted(String protocol, boolean commits) throws Exception {
    RdKafkaConsumer<String, String> consumer = joined(protocol, commits);
    kafka.pause(1);
    CompletableFuture<Throwable> outcome = block(() -> consumer.close(CloseOptions.timeout(LONG)));
    long begun = System.nanoTime();
    thread.interrupt();
    Throwable thrown = outcome.get(30, TimeUnit.SECONDS);
    log(protocol, "close", begun);
    assertInstanceOf(InterruptException.class, thrown);
  }

  private static Class<?> expected(boolean interrupt) {
    return interrupt ? InterruptException.class : WakeupException.class;
  }

  private static void log(String protocol, String call, long begun) {
    long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
    LOG.info("{} {} returned after {} microseconds", protocol, call, micros);
  }

  /** Returns when the call waits; its end comes with what it threw. */
  private CompletableFuture<Throwable> block(Runnable call) {
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    call.run();
                    outcome.complete(new AssertionError("the call has returned"));
                  } catch (Throwable failure) {
                    outcome.complete(failure);
                  }
                });
    until(
        () -> outcome.isDone() || waits(thread.getStackTrace()),
        () -> "does not wait: " + List.of(thread.getStackTrace()));
    return outcome;
  }

  private static boolean waits(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (frame.getMethodName().startsWith("await")
          || frame.getMethodName().equals("rd_kafka_consume_batch_queue")) {
        return true;
      }
    }
    return false;
  }

  private RdKafkaConsumer<String, String> joined(String protocol, boolean commits) {
    kafka.createTopic(topic, 1);
    RdKafkaConsumer<String, String> consumer = consumer(configOf(protocol, commits));
    consumer.subscribe(List.of(topic));
    until(
        () -> {
          consumer.poll(Duration.ofMillis(50));
          return !consumer.assignment().isEmpty();
        },
        () -> "no assignment");
    consumer.position(partition);
    return consumer;
  }

  private Map<String, Object> configOf(String protocol, boolean commits) {
    Map<String, Object> config =
        config(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            protocol,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            commits);
    if (protocol.equals("classic")) {
      // librdkafka holds on to an unanswered commit for that long
      config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000);
      config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);
    }
    return config;
  }
}
