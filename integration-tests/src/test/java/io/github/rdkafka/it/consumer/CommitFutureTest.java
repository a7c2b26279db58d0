package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.it.SharedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class CommitFutureTest {
  private static final Queue<String> TOLD = new ConcurrentLinkedQueue<>();

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void completesWithoutAPoll(boolean member) throws Exception {
    String topic = SharedCluster.newTopic(1);
    TopicPartition partition = new TopicPartition(topic, 0);
    produce(topic, 0, 0, 5);
    TOLD.clear();
    Map<String, Object> config =
        config(
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
            Interceptor.class.getName(),
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false);
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      if (member) {
        consumer.subscribe(List.of(topic));
      } else {
        consumer.assign(List.of(partition));
      }
      read(consumer, 5);
      Map<TopicPartition, OffsetAndMetadata> committed =
          consumer.commit().get(30, TimeUnit.SECONDS);
      assertEquals(Set.of(partition), committed.keySet());
      assertEquals(5, committed.get(partition).offset());
      assertEquals(List.of(), List.copyOf(TOLD));

      Map<TopicPartition, OffsetAndMetadata> back =
          Map.of(partition, new OffsetAndMetadata(2, "note"));
      assertEquals(back, consumer.commit(back).get(30, TimeUnit.SECONDS));
      assertEquals(back, consumer.committed(Set.of(partition)));

      consumer.poll(Duration.ZERO);
      String thread = Thread.currentThread().getName();
      assertEquals(List.of("5 on " + thread, "2 on " + thread), List.copyOf(TOLD));
    }
  }

  @Test
  void aDependentThatBlocksHoldsNothingUp() throws Exception {
    String topic = SharedCluster.newTopic(1);
    TopicPartition partition = new TopicPartition(topic, 0);
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (RdKafkaConsumer<String, String> consumer = consumer(config())) {
      consumer.assign(List.of(partition));
      // a commit that nobody waits for is not tried again while the coordinator loads
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)));
      CompletableFuture<Void> blocking =
          consumer
              .commit(Map.of(partition, new OffsetAndMetadata(0)))
              .thenAccept(
                  committed -> {
                    blocked.countDown();
                    try {
                      assertTrue(release.await(60, TimeUnit.SECONDS));
                    } catch (InterruptedException interrupt) {
                      throw new AssertionError(interrupt);
                    }
                  });
      if (!blocking.isDone()) {
        assertTrue(blocked.await(30, TimeUnit.SECONDS));
      }
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)));
      assertEquals(0, consumer.position(partition));
      release.countDown();
      blocking.get(30, TimeUnit.SECONDS);
    } finally {
      release.countDown();
    }
  }

  @Test
  void failsAsACallbackWouldBeTold() {
    String topic = SharedCluster.newTopic(1);
    TopicPartition partition = new TopicPartition(topic, 0);
    Map<TopicPartition, OffsetAndMetadata> offsets = Map.of(partition, new OffsetAndMetadata(0));
    Map<String, Object> config = config();
    try (RdKafkaConsumer<String, String> member = consumer(config);
        RdKafkaConsumer<String, String> stranger = consumer(config)) {
      member.subscribe(List.of(topic));
      until(
          () -> {
            member.poll(Duration.ofMillis(50));
            return !member.assignment().isEmpty();
          },
          () -> "no assignment");
      stranger.assign(List.of(partition));
      CompletableFuture<?> refused = stranger.commit(offsets);
      Throwable failure =
          assertThrows(ExecutionException.class, () -> refused.get(30, TimeUnit.SECONDS));
      assertInstanceOf(CommitFailedException.class, failure.getCause());
    }
  }

  @Test
  void needsAGroup() {
    Map<String, Object> config = config();
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    try (RdKafkaConsumer<String, String> consumer = consumer(config)) {
      assertThrows(InvalidGroupIdException.class, consumer::commit);
    }
  }

  /** Made by its name. */
  public static final class Interceptor implements ConsumerInterceptor<String, String> {
    @Override
    public ConsumerRecords<String, String> onConsume(ConsumerRecords<String, String> records) {
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
      offsets
          .values()
          .forEach(each -> TOLD.add(each.offset() + " on " + Thread.currentThread().getName()));
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
  }
}
