package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call that waits for brokers, with brokers that are not there, ended from outside. */
@Timeout(120)
class BlockingCallsTest {
  private static final TopicPartition PARTITION = new TopicPartition("nowhere", 0);
  private static final Duration LONG = Duration.ofMinutes(30);

  @SuppressWarnings("ImmutableEnumChecker")
  enum Call {
    POLL((consumer, timeout) -> consumer.poll(timeout)),
    POSITION((consumer, timeout) -> consumer.position(PARTITION, timeout)),
    COMMITTED((consumer, timeout) -> consumer.committed(Set.of(PARTITION), timeout)),
    COMMIT_SYNC(
        (consumer, timeout) ->
            consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(1)), timeout)),
    BEGINNING_OFFSETS((consumer, timeout) -> consumer.beginningOffsets(Set.of(PARTITION), timeout)),
    END_OFFSETS((consumer, timeout) -> consumer.endOffsets(Set.of(PARTITION), timeout)),
    OFFSETS_FOR_TIMES(
        (consumer, timeout) -> consumer.offsetsForTimes(Map.of(PARTITION, 1L), timeout)),
    PARTITIONS_FOR((consumer, timeout) -> consumer.partitionsFor("nowhere", timeout)),
    LIST_TOPICS((consumer, timeout) -> consumer.listTopics(timeout));

    final BiConsumer<Consumer<?, ?>, Duration> action;

    Call(BiConsumer<Consumer<?, ?>, Duration> action) {
      this.action = action;
    }
  }

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @EnumSource
  void wakeup(Call call) throws Exception {
    try (Blocked blocked = new Blocked(call, false)) {
      blocked.consumer.wakeup();
      assertInstanceOf(WakeupException.class, blocked.outcome.get(30, TimeUnit.SECONDS));
    }
  }

  @ParameterizedTest
  @EnumSource
  void interrupt(Call call) throws Exception {
    try (Blocked blocked = new Blocked(call, false)) {
      blocked.thread.interrupt();
      assertInstanceOf(InterruptException.class, blocked.outcome.get(30, TimeUnit.SECONDS));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"POLL", "COMMIT_SYNC"})
  void wakeupOfAMember(Call call) throws Exception {
    try (Blocked blocked = new Blocked(call, true)) {
      blocked.consumer.wakeup();
      assertInstanceOf(WakeupException.class, blocked.outcome.get(30, TimeUnit.SECONDS));
    }
  }

  /** A consumer whose thread is inside a call. */
  private static final class Blocked implements AutoCloseable {
    final RdKafkaConsumer<String, String> consumer;
    final CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    final Thread thread;

    Blocked(Call call, boolean member) {
      consumer =
          consumer(
              config(
                  ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                  "127.0.0.1:1",
                  ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                  3000,
                  ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                  1000));
      if (member) {
        consumer.subscribe(List.of("nowhere"));
      } else {
        consumer.assign(List.of(PARTITION));
      }
      thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      call.action.accept(consumer, LONG);
                      outcome.complete(new AssertionError(call + " has returned"));
                    } catch (Throwable failure) {
                      outcome.complete(failure);
                    }
                  });
      until(
          () -> outcome.isDone() || waits(thread.getStackTrace()),
          () -> "does not wait: " + List.of(thread.getStackTrace()));
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

    @Override
    public void close() {
      outcome.join();
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
  }
}
