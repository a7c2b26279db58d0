package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.TopicPartitionList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.errors.InvalidRegularExpression;

/** Membership by librdkafka, with its own assignors or the broker's. */
final class NativeMember implements GroupMember {
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
  private final ConsumerMetadata metadata;
  private final TopicWatch topicWatch;
  private final GroupView view;

  /** What librdkafka is subscribed to. */
  private Set<String> subscribed = Set.of();

  NativeMember(
      NativeClient client,
      RebalanceStub stub,
      ConsumerSettings settings,
      Subscription subscription,
      Assignment assignment,
      NativeAssignment nativeAssignment,
      Rebalancer rebalancer,
      Fetcher fetcher,
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
    this.metadata = metadata;
    this.topicWatch = topicWatch;
    this.view = new GroupView(client, settings, subscription);
  }

  @Override
  public void subscribe(Set<String> topics) {
    topicWatch.changed();
    subscribeNatively(topics);
  }

  /** The matching topics are subscribed to when they have been looked up, inside {@code poll}. */
  @Override
  public void subscribe(Pattern pattern) {
    subscription.match(new TopicPattern(pattern, metadata, settings));
  }

  @Override
  public void subscribe(SubscriptionPattern pattern) {
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

  @Override
  public void unsubscribe() {
    try {
      if (subscription.isGroup() && !assignment.isEmpty()) {
        // without a commit, as with Kafka's consumer: the last records may be unprocessed
        rebalancer.announceRevoked(assignment.set(), rebalancer.isAssignmentLost());
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

  @Override
  public Set<String> topics() {
    return subscription.topics();
  }

  /** Subscribes anew when a pattern's topics have changed. */
  @Override
  public void advance() {
    TopicPattern pattern = subscription.pattern();
    if (pattern != null) {
      pattern.advance(
          topics -> {
            subscription.matched(topics);
            // not what the subscription had: an earlier pattern's topics are left with it
            if (!topics.equals(subscribed)) {
              if (topics.isEmpty()) {
                subscribed = Set.of();
                rd_kafka_unsubscribe(client.segment());
              } else {
                subscribeNatively(topics);
              }
            }
          });
    }
  }

  @Override
  public void serve() {
    rebalancer.serve();
  }

  @Override
  public void startIfReady() {
    rebalancer.answerIfReady();
  }

  /** librdkafka watches over max.poll.interval.ms only while no answer of ours is outstanding. */
  @Override
  public void pollEnds() {
    rebalancer.answer();
  }

  @Override
  public long millisUntilNextStep() {
    return rebalancer.millisUntilAnswer();
  }

  @Override
  public ConsumerGroupMetadata metadata() {
    return view.metadata();
  }

  /** librdkafka knows no reason to give. */
  @Override
  public void enforceRebalance(String reason) {
    view.enforceRebalance();
  }

  @Override
  public void announceLeaving(Deadline deadline, Departure departure) {
    if (subscription.isGroup() && !assignment.isEmpty()) {
      rebalancer.announceRevoked(assignment.set(), rebalancer.isAssignmentLost());
    }
  }

  /** librdkafka leaves only after its revocation has been answered, which nobody else would do. */
  private void leaveGroup(boolean hadPartitions) {
    subscribed = Set.of();
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
      subscribed = topics;
    }
  }
}
