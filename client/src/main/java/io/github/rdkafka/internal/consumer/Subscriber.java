package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.TopicPartitionList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidRegularExpression;

/** Carries out what the user subscribes to, assigns and gives up. */
public final class Subscriber {
  private static final int SERVE_MILLIS = 50;

  /** How long giving up a subscription waits for librdkafka's revocation. */
  private static final int LEAVE_MILLIS = 2000;

  private final NativeClient client;
  private final RebalanceStub stub;
  private final ConsumerSettings settings;
  private final Subscription subscription;
  private final Assignment assignment;
  private final NativeAssignment nativeAssignment;
  private final Rebalancer rebalancer;
  private final Fetcher fetcher;
  private final ConsumerOffsets offsets;
  private final ConsumerMetadata metadata;
  private final TopicWatch topicWatch;

  Subscriber(
      NativeClient client,
      RebalanceStub stub,
      ConsumerSettings settings,
      Subscription subscription,
      Assignment assignment,
      NativeAssignment nativeAssignment,
      Rebalancer rebalancer,
      Fetcher fetcher,
      ConsumerOffsets offsets,
      ConsumerMetadata metadata,
      TopicWatch topicWatch) {
    this.client = client;
    this.stub = stub;
    this.settings = settings;
    this.subscription = subscription;
    this.assignment = assignment;
    this.nativeAssignment = nativeAssignment;
    this.rebalancer = rebalancer;
    this.fetcher = fetcher;
    this.offsets = offsets;
    this.metadata = metadata;
    this.topicWatch = topicWatch;
  }

  public void subscribe(Set<String> topics, ConsumerRebalanceListener listener) {
    settings.requireGroup();
    settings.requireAssignors();
    subscription.topics(topics, listener);
    topicWatch.changed();
    subscribeNatively(topics);
  }

  /** The matching topics are subscribed to when they have been looked up, inside {@code poll}. */
  public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
    settings.requireGroup();
    settings.requireAssignors();
    subscription.pattern(new TopicPattern(pattern, metadata, settings), listener);
  }

  /** The broker matches the pattern; only the consumer group protocol has that. */
  public void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener listener) {
    settings.requireGroup();
    if (!settings.consumerProtocol()) {
      throw new UnsupportedOperationException(
          "Subscribe to RE2/J regular expression is not supported when using the classic group"
              + " protocol. Use the consumer group protocol");
    }
    subscription.topics(Set.of(), listener);
    String expression = "^" + pattern.pattern();
    try (TopicPartitionList list = TopicPartitionList.ofTopics(Set.of(expression))) {
      int error = rd_kafka_subscribe(client.segment(), list.segment());
      if (error == RD_KAFKA_RESP_ERR__INVALID_ARG()) {
        // Kafka's broker refuses a pattern later than this, while its consumer polls
        subscription.refuse(
            new InvalidRegularExpression(
                pattern.pattern()
                    + " is no regular expression, or uses RE2/J syntax that librdkafka cannot"
                    + " send"));
        return;
      }
      KafkaErrors.check(error);
    }
  }

  public void assign(Collection<TopicPartition> partitions) {
    subscription.partitions();
    offsets.maybeAutoCommit();
    Set<TopicPartition> wanted = new LinkedHashSet<>(partitions);
    List<TopicPartition> leaving =
        assignment.set().stream().filter(partition -> !wanted.contains(partition)).toList();
    if (!leaving.isEmpty()) {
      List<PartitionState> states = assignment.states(leaving);
      List<PartitionState> started = states.stream().filter(state -> state.started).toList();
      assignment.remove(leaving);
      if (!started.isEmpty()) {
        nativeAssignment.stop(started.stream().map(state -> state.partition).toList(), started);
      }
    }
    assignment.add(wanted);
    topicWatch.changed();
  }

  public void unsubscribe() {
    try {
      if (subscription.isGroup() && !assignment.isEmpty()) {
        boolean lost = rebalancer.isAssignmentLost();
        if (!lost) {
          offsets.commitBeforeRevoke();
        }
        rebalancer.announceRevoked(assignment.set(), lost);
      }
    } finally {
      boolean group = subscription.isGroup();
      List<PartitionState> started =
          assignment.states().stream().filter(state -> state.started).toList();
      subscription.clear();
      nativeAssignment.resumeNatively(
          started.stream().filter(state -> state.pausedNatively).toList());
      assignment.remove(assignment.set());
      rebalancer.swallow();
      if (group) {
        leaveGroup(!started.isEmpty());
      } else if (!started.isEmpty()) {
        nativeAssignment.stop(started.stream().map(state -> state.partition).toList(), started);
      }
    }
  }

  /** Subscribes anew when a pattern's topics have changed; without waiting. */
  void followPattern() {
    TopicPattern pattern = subscription.pattern();
    if (pattern != null) {
      pattern.advance(
          topics -> {
            if (!topics.equals(subscription.topics())) {
              subscription.matched(topics);
              if (topics.isEmpty()) {
                rd_kafka_unsubscribe(client.segment());
              } else {
                subscribeNatively(topics);
              }
            }
          });
    }
  }

  /** librdkafka leaves only after its revocation has been answered, which nobody else would do. */
  private void leaveGroup(boolean hadPartitions) {
    rd_kafka_unsubscribe(client.segment());
    Deadline deadline = Deadline.afterMillis(LEAVE_MILLIS);
    boolean waiting = hadPartitions;
    while (waiting && !deadline.isExpired()) {
      fetcher.discard(SERVE_MILLIS);
      waiting = stub.isEmpty();
      rebalancer.swallow();
    }
  }

  private void subscribeNatively(Set<String> topics) {
    rebalancer.begun();
    try (TopicPartitionList list = TopicPartitionList.ofTopics(topics)) {
      KafkaErrors.check(rd_kafka_subscribe(client.segment(), list.segment()));
    }
  }
}
