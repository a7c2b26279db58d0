package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.metrics.ConsumerMetrics;
import io.github.rdkafka.internal.metrics.ConsumerMetrics.ListenerCall;
import io.github.rdkafka.internal.natives.NativeClient;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the rebalances that {@link RebalanceStub} has recorded, on the caller's thread inside
 * {@code poll}: Java's assignment, the user's listener, then librdkafka. The group waits for each
 * answer, so one is always given, whatever the listener throws.
 */
final class Rebalancer {
  private static final Logger LOG = LoggerFactory.getLogger(Rebalancer.class);

  /** How long an assignment may wait for its start offsets before it begins without them. */
  private static final long ANSWER_MILLIS = 1000;

  private final NativeClient client;
  private final RebalanceStub stub;
  private final Subscription subscription;
  private final Assignment assignment;
  private final NativeAssignment nativeAssignment;
  private final Runnable commitBeforeRevoke;
  private final ConsumerMetrics metrics;
  private Set<TopicPartition> unanswered;
  private Deadline answerDeadline;

  /** The revocation that is being told to the listener, which may close the consumer. */
  private RebalanceStub.Event revocation;

  Rebalancer(
      NativeClient client,
      RebalanceStub stub,
      Subscription subscription,
      Assignment assignment,
      NativeAssignment nativeAssignment,
      Runnable commitBeforeRevoke,
      ConsumerMetrics metrics) {
    this.client = client;
    this.stub = stub;
    this.subscription = subscription;
    this.assignment = assignment;
    this.nativeAssignment = nativeAssignment;
    this.commitBeforeRevoke = commitBeforeRevoke;
    this.metrics = metrics;
  }

  /** The consumer asks for partitions. */
  void begun() {
    metrics.rebalanceBegun();
  }

  /** Serves what was recorded; throws what a listener threw. */
  void serve() {
    RebalanceStub.Event event;
    while ((event = stub.poll()) != null) {
      if (!subscription.isGroup()) {
        nativeAssignment.decline(event);
      } else if (event.assign()) {
        assigned(event.partitions());
      } else {
        answer();
        revocation = event;
        revoked(event.partitions());
      }
    }
  }

  /** Serves what was recorded by giving up everything, without the user's listener. */
  void swallow() {
    unanswered = null;
    RebalanceStub.Event event;
    if (revocation != null) {
      nativeAssignment.decline(revocation);
      revocation = null;
    }
    while ((event = stub.poll()) != null) {
      nativeAssignment.decline(event);
    }
  }

  /** Starts an assignment whose start offsets have been found, or have been waited for. */
  void answerIfReady() {
    if (unanswered == null) {
      return;
    }
    List<PartitionState> states = assignment.states(unanswered);
    if (answerDeadline.isExpired() || states.stream().allMatch(PartitionState::isResolved)) {
      answer();
    }
  }

  /** The milliseconds until {@link #answerIfReady} has something to do by itself. */
  long millisUntilAnswer() {
    return unanswered == null ? Long.MAX_VALUE : answerDeadline.remainingMillis();
  }

  /**
   * Whether the group has taken the partitions away from this member. One that left by itself, for
   * {@code max.poll.interval.ms}, while a rebalance was going on knows it by the lack of an id.
   */
  boolean isAssignmentLost() {
    return rd_kafka_assignment_lost(client.segment()) != 0 || GroupView.memberId(client).isEmpty();
  }

  /** Runs the listener for partitions that are about to go; throws what it threw. */
  void announceRevoked(Collection<TopicPartition> partitions, boolean lost) {
    ConsumerRebalanceListener listener = subscription.listener();
    if (lost) {
      LOG.info("Lost previously assigned partitions {}", partitions);
      invoke(ListenerCall.LOST, listener::onPartitionsLost, partitions);
    } else {
      LOG.info("Revoke previously assigned partitions {}", partitions);
      invoke(ListenerCall.REVOKED, listener::onPartitionsRevoked, partitions);
    }
  }

  private void assigned(List<TopicPartition> partitions) {
    if (!nativeAssignment.isIncremental()) {
      assignment.remove(assignment.set());
    }
    Set<TopicPartition> added = new LinkedHashSet<>(partitions);
    assignment.add(added);
    unanswered = added;
    answerDeadline = Deadline.afterMillis(ANSWER_MILLIS);
    LOG.info("Adding newly assigned partitions: {}", added);
    metrics.rebalanceEnded();
    invoke(ListenerCall.ASSIGNED, subscription.listener()::onPartitionsAssigned, added);
  }

  /** Starts an assignment; partitions whose offsets have not been found are moved there later. */
  void answer() {
    if (unanswered == null) {
      return;
    }
    List<PartitionState> states = assignment.states(unanswered);
    unanswered = null;
    nativeAssignment.start(states);
  }

  private void revoked(List<TopicPartition> partitions) {
    metrics.rebalanceBegun();
    boolean lost = isAssignmentLost();
    boolean incremental = nativeAssignment.isIncremental();
    Set<TopicPartition> leaving = new HashSet<>(assignment.set());
    if (incremental) {
      leaving.retainAll(partitions);
    }
    try {
      try {
        if (!lost) {
          commitBeforeRevoke.run();
        }
      } finally {
        if (!leaving.isEmpty()) {
          announceRevoked(leaving, lost);
        }
      }
    } finally {
      List<PartitionState> states = assignment.states(leaving);
      assignment.remove(leaving);
      if (revocation != null) {
        revocation = null;
        nativeAssignment.stop(partitions, states);
      }
    }
  }

  private void invoke(
      ListenerCall call,
      Consumer<Collection<TopicPartition>> callback,
      Collection<TopicPartition> partitions) {
    long begun = System.nanoTime();
    try {
      callback.accept(Set.copyOf(partitions));
    } catch (WakeupException | InterruptException passedOn) {
      throw passedOn;
    } catch (KafkaException failure) {
      LOG.error("User rebalance callback failed for {}", partitions, failure);
      throw failure;
    } catch (RuntimeException failure) {
      LOG.error("User rebalance callback failed for {}", partitions, failure);
      throw new KafkaException("User rebalance callback throws an error", failure);
    } finally {
      metrics.listenerReturned(call, System.nanoTime() - begun);
    }
  }
}
