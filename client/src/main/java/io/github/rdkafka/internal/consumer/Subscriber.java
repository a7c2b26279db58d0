package io.github.rdkafka.internal.consumer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.TopicPartition;

/** Carries out what the user subscribes to, assigns and gives up. */
public final class Subscriber {
  private final ConsumerSettings settings;
  private final Subscription subscription;
  private final Assignment assignment;
  private final NativeAssignment nativeAssignment;
  private final GroupMember member;
  private final ConsumerOffsets offsets;
  private final TopicWatch topicWatch;

  Subscriber(
      ConsumerSettings settings,
      Subscription subscription,
      Assignment assignment,
      NativeAssignment nativeAssignment,
      GroupMember member,
      ConsumerOffsets offsets,
      TopicWatch topicWatch) {
    this.settings = settings;
    this.subscription = subscription;
    this.assignment = assignment;
    this.nativeAssignment = nativeAssignment;
    this.member = member;
    this.offsets = offsets;
    this.topicWatch = topicWatch;
  }

  public void subscribe(Set<String> topics, ConsumerRebalanceListener listener) {
    settings.requireGroup();
    settings.requireAssignors();
    subscription.topics(topics, listener);
    hold(topics);
    member.subscribe(topics);
  }

  public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
    settings.requireGroup();
    settings.requireAssignors();
    subscription.pattern(listener);
    member.subscribe(pattern);
  }

  /** The broker matches the pattern; only the consumer group protocol has that. */
  public void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener listener) {
    settings.requireGroup();
    subscription.brokerPattern(listener);
    member.subscribe(pattern);
  }

  public void assign(Collection<TopicPartition> partitions) {
    subscription.partitions();
    offsets.maybeAutoCommit();
    Set<TopicPartition> wanted = new LinkedHashSet<>(partitions);
    List<TopicPartition> leaving =
        assignment.set().stream().filter(partition -> !wanted.contains(partition)).toList();
    nativeAssignment.giveUp(leaving);
    assignment.add(wanted);
    topicWatch.changed();
  }

  public void unsubscribe() {
    member.unsubscribe();
  }

  /** Throws Kafka's exception when there is no group to subscribe in. */
  public void requireGroup() {
    settings.requireGroup();
  }

  /** Throws Kafka's exception where brokers match no patterns. */
  public void requireBrokerPatterns() {
    if (!settings.consumerProtocol()) {
      throw new UnsupportedOperationException(
          "Subscribe to RE2/J pattern is not supported when using the CLASSIC protocol defined in"
              + " config group.protocol");
    }
  }

  /** Topics that are given up return nothing more, though the group has not yet taken them. */
  private void hold(Set<String> topics) {
    List<PartitionState> asleep = new ArrayList<>();
    for (PartitionState state : assignment.states()) {
      state.unwanted = !topics.contains(state.partition.topic());
      if (!state.isHeld()) {
        state.failIfReached();
        assignment.ready(state);
        if (state.pausedNatively) {
          asleep.add(state);
        }
      }
    }
    nativeAssignment.resumeNatively(asleep);
  }
}
