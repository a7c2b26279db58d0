package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.metrics.PartitionMetrics;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What Kafka's semantics need to know of one assigned partition. */
final class PartitionState {
  static final long UNRESOLVED = -1;

  final TopicPartition partition;
  final PartitionMetrics metrics;

  /** Records that were taken from librdkafka and not yet returned, oldest first. */
  final FetchedRecords fetched = new FetchedRecords();

  /** The offset of the next record to return, or {@link #UNRESOLVED}. */
  private long position = UNRESOLVED;

  private Optional<Integer> positionEpoch = Optional.empty();

  /** How to find the position when there is no committed offset, or instead of one; or null. */
  private StartPolicy reset;

  /** Whether the user wanted {@link #reset} by name, or it is the configured policy. */
  private boolean resetRequested;

  /** Whether {@code auto.offset.reset=none} left this partition without a position. */
  private boolean noOffset;

  boolean paused;

  /** Whether the user has given up the topic, and the group has not yet taken the partition. */
  boolean unwanted;

  boolean pausedNatively;

  /** Whether librdkafka has this partition in its assignment. */
  boolean started;

  /** Whether librdkafka has to be moved to {@link #position} before its records count. */
  boolean seekPending;

  /** Whether librdkafka's fetcher gave up and has to be started again. */
  boolean stopped;

  /** Whether a record came since the last assignment or seek. */
  boolean delivered;

  /** Whether the position went on without a record, and the user has not been told. */
  boolean moved;

  /** Whether this partition stands in the queue of those with records to return. */
  boolean queued;

  private final Assignment assignment;

  /** What polls throw until the user seeks; or null. */
  private RuntimeException failure;

  /** What stands behind the records held; or null. */
  private RuntimeException failureBehind;

  PartitionState(TopicPartition partition, PartitionMetrics metrics, Assignment assignment) {
    this.partition = partition;
    this.metrics = metrics;
    this.assignment = assignment;
  }

  /** Whether nothing is to be done but to fetch. */
  boolean isSettled() {
    return started && isResolved() && !seekPending && failure == null;
  }

  /** Whether its records are kept back. */
  boolean isHeld() {
    return paused || unwanted;
  }

  RuntimeException failure() {
    return failure;
  }

  /** librdkafka's fetcher gave up; polls throw {@code reason} until the user seeks. */
  void fail(RuntimeException reason) {
    stopped = true;
    seekPending = true;
    failure = reason;
    assignment.requestAttention();
  }

  /** The next record after those held cannot be read: polls throw when they have been returned. */
  void failBehindFetched(RuntimeException reason) {
    failureBehind = reason;
    failIfReached();
  }

  /** To be called when records have been returned, or are no longer held back. */
  void failIfReached() {
    if (failureBehind != null && fetched.isEmpty() && !isHeld()) {
      fail(failureBehind);
    }
  }

  /**
   * librdkafka's fetcher gave up where the user no longer is: it has to go to the position again.
   */
  void restart() {
    stopped = true;
    seekPending = true;
    assignment.requestAttention();
  }

  boolean isResolved() {
    return position != UNRESOLVED;
  }

  boolean lacksOffset() {
    return noOffset;
  }

  long position() {
    return position;
  }

  Optional<Integer> positionEpoch() {
    return positionEpoch;
  }

  StartPolicy reset() {
    return reset;
  }

  OffsetAndMetadata committable() {
    return new OffsetAndMetadata(position, positionEpoch, "");
  }

  /** Takes note that the record before {@code next} is being returned. */
  void advance(long next, Optional<Integer> epoch) {
    position = next;
    // nearly always the same, and to store it again would cost more than to look
    if (!positionEpoch.equals(epoch)) {
      positionEpoch = epoch;
    }
  }

  /** Moves to {@code offset}, whatever was fetched. */
  void seek(long offset, Optional<Integer> epoch) {
    position = offset;
    positionEpoch = epoch;
    reset = null;
    resetRequested = false;
    noOffset = false;
    forgetFetched();
  }

  /** Forgets the position until {@code policy} has found one. */
  void requestReset(StartPolicy policy) {
    position = UNRESOLVED;
    positionEpoch = Optional.empty();
    reset = policy;
    resetRequested = true;
    noOffset = false;
    forgetFetched();
  }

  /** There is no committed offset: look for a position by {@code policy}. */
  void resetBy(StartPolicy policy) {
    assignment.requestAttention();
    if (policy.kind() == StartPolicy.Kind.NONE) {
      noOffset = true;
    } else {
      reset = policy;
    }
  }

  boolean wantsCommitted() {
    return !isResolved() && reset == null && !noOffset;
  }

  boolean wantsReset() {
    return !isResolved() && reset != null;
  }

  boolean resetRequested() {
    return resetRequested;
  }

  /** Sets a position that was looked up. */
  void resolve(long offset, Optional<Integer> epoch) {
    seek(offset, epoch);
  }

  private void forgetFetched() {
    assignment.requestAttention();
    failure = null;
    failureBehind = null;
    fetched.clear();
    delivered = false;
    seekPending = started;
  }

  /** Whether a record at {@code offset} that librdkafka handed out is the user's. */
  boolean accepts(long offset) {
    return acceptsRecords() && offset >= nextFetch();
  }

  /** Whether records that librdkafka handed out are the user's, from {@link #nextFetch} on. */
  boolean acceptsRecords() {
    return started && !seekPending && isResolved() && failureBehind == null;
  }

  /** The offset of the next record to take from librdkafka. */
  long nextFetch() {
    return fetched.isEmpty() ? position : fetched.nextOffset();
  }
}
