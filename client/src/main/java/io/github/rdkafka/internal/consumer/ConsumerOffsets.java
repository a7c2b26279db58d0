package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.TopicPartitionList;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** The consumer's methods about offsets: positions, seeks, commits and look-ups. */
public final class ConsumerOffsets {
  private final ConsumerSettings settings;
  private final Wakeup wakeup;
  private final Assignment assignment;
  private final NativeAssignment nativeAssignment;
  private final PositionResolver positions;
  private final OffsetLookups lookups;
  private final Commits commits;
  private final AutoCommit autoCommit;
  private Set<TopicPartition> asked = Set.of();

  /** Of the committed offsets of what was asked for; null when nothing is under way. */
  private CompletableFuture<List<TopicPartitionList.Element>> committedAnswer;

  ConsumerOffsets(
      Commits commits,
      Wakeup wakeup,
      ConsumerSettings settings,
      Assignment assignment,
      NativeAssignment nativeAssignment,
      PositionResolver positions,
      OffsetLookups lookups) {
    this.settings = settings;
    this.wakeup = wakeup;
    this.assignment = assignment;
    this.nativeAssignment = nativeAssignment;
    this.positions = positions;
    this.lookups = lookups;
    this.commits = commits;
    this.autoCommit = new AutoCommit(settings, commits, this::toAutoCommit);
  }

  /** {@code default.api.timeout.ms}. */
  public Duration defaultTimeout() {
    return Duration.ofMillis(settings.defaultApiTimeoutMs());
  }

  /** The positions of all partitions that have one. */
  public Map<TopicPartition, OffsetAndMetadata> consumed() {
    nativeAssignment.passControlRecords(assignment.states());
    Map<TopicPartition, OffsetAndMetadata> consumed = new HashMap<>();
    for (PartitionState state : assignment.states()) {
      if (state.isResolved()) {
        consumed.put(state.partition, state.committable());
      }
    }
    return consumed;
  }

  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    settings.requireGroup();
    committedAnswer = null;
    commits.commitSync(Map.copyOf(offsets), Deadline.after(timeout), timeout.toMillis());
  }

  public void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    settings.requireGroup();
    committedAnswer = null;
    commits.commitAsync(Map.copyOf(offsets), callback);
  }

  /** As {@link #commitAsync}, with a future that does not wait for another call of the consumer. */
  public CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> commit(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    settings.requireGroup();
    committedAnswer = null;
    return commits.commit(offsets);
  }

  public void seek(TopicPartition partition, long offset, Optional<Integer> leaderEpoch) {
    assignment.require(partition).seek(offset, leaderEpoch);
  }

  public void seekToBeginning(Collection<TopicPartition> partitions) {
    requestReset(partitions, StartPolicy.EARLIEST);
  }

  public void seekToEnd(Collection<TopicPartition> partitions) {
    requestReset(partitions, StartPolicy.LATEST);
  }

  public long position(TopicPartition partition, Duration timeout) {
    PartitionState state = assignment.get(partition);
    if (state == null) {
      throw new IllegalStateException(
          "You can only check the position for partitions assigned to this consumer.");
    }
    Deadline deadline = Deadline.after(timeout);
    while (!state.isResolved()) {
      wakeup.throwIfRequested();
      positions.advance();
      if (state.isResolved()) {
        break;
      }
      positions.throwIfOffsetsAreMissing();
      if (deadline.isExpired()) {
        throw new TimeoutException(
            "Timeout of "
                + timeout.toMillis()
                + "ms expired before the position for partition "
                + partition
                + " could be determined");
      }
      positions.awaitStep(wakeup, deadline);
    }
    nativeAssignment.passControlRecords(List.of(state));
    return state.position();
  }

  /** The group's committed offsets; null for a partition without one. */
  public Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration timeout) {
    settings.requireGroup();
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Deadline deadline = Deadline.after(timeout);
    String timedOut =
        "Timeout of "
            + timeout.toMillis()
            + "ms expired before the last committed offset for partitions "
            + partitions
            + " could be determined. Try tuning default.api.timeout.ms larger to relax the"
            + " threshold.";
    while (true) {
      List<TopicPartitionList.Element> elements =
          lookUp(millis -> askCommitted(partitions, millis, timeout), deadline, timedOut);
      committedAnswer = null;
      RuntimeException failure = firstFailure(elements);
      if (failure == null) {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        elements.forEach(element -> committed.put(element.partition(), committedOffset(element)));
        return committed;
      }
      if (!KafkaErrors.mayPass(failure)) {
        throw failure;
      }
      retryLater(deadline, timedOut);
    }
  }

  /**
   * The answer to an earlier question that there was no time to wait for, as Kafka's consumer keeps
   * it: calls that are each shorter than a round trip come to their end together.
   */
  private CompletableFuture<List<TopicPartitionList.Element>> askCommitted(
      Set<TopicPartition> partitions, int requestTimeoutMs, Duration timeout) {
    CompletableFuture<List<TopicPartitionList.Element>> earlier = committedAnswer;
    if (earlier != null && !earlier.isCompletedExceptionally() && partitions.equals(asked)) {
      return earlier;
    }
    asked = Set.copyOf(partitions);
    committedAnswer = lookups.committed(asked, requestTimeoutMs);
    // even if it has come already: whether it did must not depend on who was running
    return timeout.toMillis() == 0 ? new CompletableFuture<>() : committedAnswer;
  }

  /**
   * The first offsets, or the ends, of partitions that need not be assigned; as with Kafka's
   * consumer none at all when there is no time to ask.
   */
  public Map<TopicPartition, Long> boundaries(
      Collection<TopicPartition> partitions, boolean end, Duration timeout) {
    if (timeout.toMillis() == 0) {
      return Map.of();
    }
    Map<TopicPartition, Long> queries = new HashMap<>();
    partitions.forEach(p -> queries.put(p, end ? OffsetLookups.LATEST : OffsetLookups.EARLIEST));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (OffsetLookups.Found found : find(queries, timeout)) {
      offsets.put(found.element().partition(), found.element().offset());
    }
    return offsets;
  }

  /**
   * The first records at or after timestamps (milliseconds); null where there is none, or no time
   * to ask.
   */
  public Map<TopicPartition, OffsetAndTimestamp> byTimestamp(
      Map<TopicPartition, Long> timestamps, Duration timeout) {
    Map<TopicPartition, OffsetAndTimestamp> offsets = new HashMap<>();
    if (timeout.toMillis() == 0) {
      timestamps.keySet().forEach(partition -> offsets.put(partition, null));
      return offsets;
    }
    for (OffsetLookups.Found found : find(timestamps, timeout)) {
      TopicPartitionList.Element element = found.element();
      offsets.put(
          element.partition(),
          element.offset() < 0
              ? null
              : new OffsetAndTimestamp(element.offset(), found.timestamp(), element.leaderEpoch()));
    }
    return offsets;
  }

  private Map<TopicPartition, OffsetAndMetadata> toAutoCommit() {
    committedAnswer = null;
    return consumed();
  }

  void maybeAutoCommit() {
    autoCommit.maybeCommit();
  }

  void runCommitCallbacks() {
    commits.runCallbacks();
  }

  long millisUntilAutoCommit() {
    return autoCommit.millisUntilNext();
  }

  /** Commits what was consumed before partitions go to another member. */
  void commitBeforeRevoke() {
    committedAnswer = null;
    autoCommit.commitNow(Deadline.after(defaultTimeout()));
  }

  /** Commits what was consumed and waits for all commits under way. */
  void commitBeforeClose(Deadline deadline) {
    autoCommit.commitNow(deadline);
    commits.awaitPending(deadline);
  }

  /** Fails the commits that have not been answered in time. */
  void abandonCommits() {
    commits.abandonPending();
  }

  private static OffsetAndMetadata committedOffset(TopicPartitionList.Element element) {
    if (element.offset() < 0) {
      return null;
    }
    String metadata = element.metadata() == null ? "" : element.metadata();
    return new OffsetAndMetadata(element.offset(), element.leaderEpoch(), metadata);
  }

  private void requestReset(Collection<TopicPartition> partitions, StartPolicy policy) {
    Collection<TopicPartition> which = partitions.isEmpty() ? assignment.set() : partitions;
    which.forEach(partition -> assignment.require(partition));
    which.forEach(partition -> assignment.require(partition).requestReset(policy));
  }

  private List<OffsetLookups.Found> find(Map<TopicPartition, Long> queries, Duration timeout) {
    if (queries.isEmpty()) {
      return List.of();
    }
    Deadline deadline = Deadline.after(timeout);
    String timedOut = "Failed to get offsets by times in " + timeout.toMillis() + "ms";
    while (true) {
      List<OffsetLookups.Found> found =
          lookUp(millis -> lookups.byQuery(queries, millis), deadline, timedOut);
      RuntimeException failure =
          firstFailure(found.stream().map(OffsetLookups.Found::element).toList());
      if (failure == null) {
        return found;
      }
      if (!KafkaErrors.mayPass(failure)) {
        throw failure;
      }
      retryLater(deadline, timedOut);
    }
  }

  private static RuntimeException firstFailure(List<TopicPartitionList.Element> elements) {
    for (TopicPartitionList.Element element : elements) {
      if (element.error() != 0) {
        return KafkaErrors.exception(element.error(), null);
      }
    }
    return null;
  }

  private <T> T lookUp(
      IntFunction<CompletableFuture<T>> start, Deadline deadline, String timedOut) {
    AttemptTimeout attempt = new AttemptTimeout(settings.requestTimeoutMs());
    while (true) {
      CompletableFuture<T> answer = start.apply(attempt.millis());
      if (!wakeup.await(answer, deadline)) {
        throw new TimeoutException(timedOut);
      }
      try {
        return answer.join();
      } catch (CompletionException failed) {
        if (!(failed.getCause() instanceof RuntimeException cause)) {
          throw failed;
        }
        if (!KafkaErrors.mayPass(cause)) {
          throw cause;
        }
      }
      attempt.failed();
      retryLater(deadline, timedOut);
    }
  }

  private void retryLater(Deadline deadline, String timedOut) {
    if (deadline.isExpired()) {
      throw new TimeoutException(timedOut);
    }
    wakeup.pause(settings.retryBackoffMs(), deadline);
  }
}
