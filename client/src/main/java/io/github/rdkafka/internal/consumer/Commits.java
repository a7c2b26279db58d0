package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.Deadline;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;

/** Commits offsets. Callbacks run on the caller's thread, in the order of their commits. */
interface Commits {
  /**
   * Commits and waits, trying again while that may help. Earlier commits have been called back
   * before this returns, even if there is nothing to commit.
   *
   * @param timeout milliseconds, for the message of a TimeoutException
   */
  void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Deadline deadline, long timeout);

  /** Commits without waiting; {@code callback} runs in a later call. */
  void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback);

  /** Commits with a future that does not wait for another call of the consumer. */
  CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> commit(
      Map<TopicPartition, OffsetAndMetadata> offsets);

  /** Runs the callbacks of those commits that have ended, oldest first. */
  void runCallbacks();

  /** Waits for commits that are under way and runs their callbacks. */
  void awaitPending(Deadline deadline);

  /** Runs the callbacks of all commits, whether answered or not: nobody is left to wait. */
  void abandonPending();
}
