package io.github.rdkafka.internal.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.internal.Deadline;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class AutoCommitTest {
  private static final long AN_HOUR = TimeUnit.HOURS.toMillis(1);
  private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS =
      Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(1));

  @Test
  void aCommitThatMaySucceedLaterIsTriedAgainAfterTheBackoff() {
    Remembering commits = new Remembering();
    AutoCommit autoCommit = new AutoCommit(settings(1, AN_HOUR), commits, () -> OFFSETS);
    untilDue(autoCommit);
    autoCommit.maybeCommit();
    commits.callback.onComplete(OFFSETS, new RetriableCommitFailedException("later"));
    assertTrue(autoCommit.millisUntilNext() > AN_HOUR / 2, () -> "" + autoCommit.millisUntilNext());
  }

  @Test
  void otherwiseTheIntervalCounts() {
    Remembering commits = new Remembering();
    AutoCommit autoCommit = new AutoCommit(settings(1, AN_HOUR), commits, () -> OFFSETS);
    untilDue(autoCommit);
    autoCommit.maybeCommit();
    commits.callback.onComplete(OFFSETS, new KafkaException("never"));
    untilDue(autoCommit);
    autoCommit.maybeCommit();
    commits.callback.onComplete(OFFSETS, null);
    untilDue(autoCommit);
    assertEquals(2, commits.count);
  }

  private static void untilDue(AutoCommit autoCommit) {
    long start = System.nanoTime();
    while (autoCommit.millisUntilNext() > 0) {
      assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(30), "never due");
      LockSupport.parkNanos(100_000);
    }
  }

  private static ConsumerSettings settings(int interval, long backoff) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
    config.put(ConsumerConfig.GROUP_ID_CONFIG, "g");
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);
    config.put(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, interval);
    config.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, backoff);
    return ConsumerSettings.of(new ConsumerConfig(config));
  }

  /** Sends nothing, and keeps the callback. */
  private static final class Remembering implements Commits {
    private OffsetCommitCallback callback;
    private int count;

    @Override
    public void commitAsync(
        Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback newCallback) {
      callback = newCallback;
      count++;
    }

    @Override
    public void commitSync(
        Map<TopicPartition, OffsetAndMetadata> offsets, Deadline deadline, long timeout) {
      throw new AssertionError("nobody is to wait");
    }

    @Override
    public CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> commit(
        Map<TopicPartition, OffsetAndMetadata> offsets) {
      throw new AssertionError("nobody asked for a future");
    }

    @Override
    public void runCallbacks() {}

    @Override
    public void awaitPending(Deadline deadline) {}

    @Override
    public void abandonPending() {}
  }
}
