package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.Deadline;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code enable.auto.commit}, done inside {@code poll} as Kafka does it: what earlier polls have
 * returned counts as processed.
 */
final class AutoCommit {
  private static final Logger LOG = LoggerFactory.getLogger(AutoCommit.class);

  private final boolean enabled;
  private final long intervalMillis;
  private final long retryMillis;
  private final Commits commits;
  private final Supplier<Map<TopicPartition, OffsetAndMetadata>> consumed;
  private Deadline next;

  AutoCommit(
      ConsumerSettings settings,
      Commits commits,
      Supplier<Map<TopicPartition, OffsetAndMetadata>> consumed) {
    this.enabled = settings.autoCommit() && settings.groupId().isPresent();
    this.intervalMillis = settings.autoCommitIntervalMs();
    this.retryMillis = settings.retryBackoffMs();
    this.commits = commits;
    this.consumed = consumed;
    this.next = Deadline.afterMillis(intervalMillis);
  }

  /** Commits without waiting when the interval is over. */
  void maybeCommit() {
    if (!enabled || !next.isExpired()) {
      return;
    }
    next = Deadline.afterMillis(intervalMillis);
    Map<TopicPartition, OffsetAndMetadata> offsets = consumed.get();
    if (!offsets.isEmpty()) {
      commits.commitAsync(
          offsets,
          (committed, failure) -> {
            if (failure instanceof RetriableCommitFailedException) {
              next = Deadline.afterMillis(retryMillis);
            } else if (failure != null) {
              LOG.warn("Asynchronous auto-commit of offsets {} failed", committed, failure);
            }
          });
    }
  }

  /** Commits and waits: the partitions are about to go. A failure is logged. */
  void commitNow(Deadline deadline) {
    if (!enabled) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = consumed.get();
    try {
      commits.commitSync(offsets, deadline, deadline.remainingMillis());
    } catch (WakeupException | InterruptException passedOn) {
      throw passedOn;
    } catch (KafkaException failure) {
      LOG.warn("Synchronous auto-commit of offsets {} failed", offsets, failure);
    }
  }

  /** The milliseconds until {@link #maybeCommit} has something to do. */
  long millisUntilNext() {
    return enabled ? next.remainingMillis() : Long.MAX_VALUE;
  }
}
