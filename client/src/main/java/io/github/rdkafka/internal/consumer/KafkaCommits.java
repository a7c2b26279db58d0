package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.Deadline;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Commits as the member that Kafka's client is: the group takes them from nobody else. Without a
 * subscription librdkafka commits.
 */
final class KafkaCommits implements Commits {
  private final MemberClient client;
  private final Commits withoutGroup;
  private final Subscription subscription;
  private final ConsumerSettings settings;
  private final Consumer<Map<TopicPartition, OffsetAndMetadata>> onCommit;
  private int underWay;

  /**
   * @param onCommit told of every commit that succeeded, on the caller's thread
   */
  KafkaCommits(
      MemberClient client,
      Commits withoutGroup,
      Subscription subscription,
      ConsumerSettings settings,
      Consumer<Map<TopicPartition, OffsetAndMetadata>> onCommit) {
    this.client = client;
    this.withoutGroup = withoutGroup;
    this.subscription = subscription;
    this.settings = settings;
    this.onCommit = onCommit;
  }

  /** Whether an answer is waited for. */
  boolean areUnderWay() {
    return underWay > 0;
  }

  @Override
  public void commitSync(
      Map<TopicPartition, OffsetAndMetadata> offsets, Deadline deadline, long timeout) {
    if (!subscription.isGroup()) {
      withoutGroup.commitSync(offsets, deadline, timeout);
      return;
    }
    Duration left = Duration.ofMillis(deadline.remainingMillis());
    client.run(consumer -> consumer.commitSync(offsets, left));
    if (!offsets.isEmpty()) {
      onCommit.accept(offsets);
    }
  }

  @Override
  public void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    if (!subscription.isGroup()) {
      withoutGroup.commitAsync(offsets, callback);
      return;
    }
    OffsetCommitCallback answered =
        (committed, failure) -> {
          underWay--;
          if (failure == null) {
            onCommit.accept(committed);
          }
          callback.onComplete(committed, failure);
        };
    underWay++;
    try {
      client.run(consumer -> consumer.commitAsync(offsets, answered));
    } catch (RuntimeException notSent) {
      underWay--;
      throw notSent;
    }
  }

  /** Waits for the answer: Kafka's client takes it on the caller's thread only. */
  @Override
  public CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> commit(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (!subscription.isGroup()) {
      return withoutGroup.commit(offsets);
    }
    long timeout = settings.defaultApiTimeoutMs();
    try {
      commitSync(offsets, Deadline.afterMillis(timeout), timeout);
      return CompletableFuture.completedFuture(offsets);
    } catch (WakeupException | InterruptException passedOn) {
      throw passedOn;
    } catch (KafkaException failure) {
      return CompletableFuture.failedFuture(
          failure instanceof RetriableException
              ? new RetriableCommitFailedException(failure)
              : failure);
    }
  }

  /** Kafka's client runs those of its commits in whatever call of it comes next. */
  @Override
  public void runCallbacks() {
    withoutGroup.runCallbacks();
  }

  /** Kafka's client waits for its own when it is closed. */
  @Override
  public void awaitPending(Deadline deadline) {
    withoutGroup.awaitPending(deadline);
  }

  @Override
  public void abandonPending() {
    withoutGroup.abandonPending();
  }
}
