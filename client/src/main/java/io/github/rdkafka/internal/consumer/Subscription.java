package io.github.rdkafka.internal.consumer;

import java.util.Collection;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/** What the user asked for: topics, single partitions, or nothing yet. */
final class Subscription {
  private enum Mode {
    NONE,
    TOPICS,
    PATTERN,
    BROKER_PATTERN,
    PARTITIONS
  }

  private static final ConsumerRebalanceListener NO_LISTENER =
      new ConsumerRebalanceListener() {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
      };

  private Mode mode = Mode.NONE;
  private Set<String> topics = Set.of();
  private TopicPattern pattern;
  private ConsumerRebalanceListener listener = NO_LISTENER;
  private RuntimeException refusal;

  void topics(Set<String> newTopics, ConsumerRebalanceListener newListener) {
    enter(Mode.TOPICS);
    topics = Set.copyOf(newTopics);
    listener = newListener == null ? NO_LISTENER : newListener;
  }

  /** The topics come later, by {@link #matched}, or are the group member's affair. */
  void pattern(ConsumerRebalanceListener newListener) {
    enter(Mode.PATTERN);
    pattern = null;
    topics = Set.of();
    listener = newListener == null ? NO_LISTENER : newListener;
  }

  /** The broker finds the topics. */
  void brokerPattern(ConsumerRebalanceListener newListener) {
    enter(Mode.BROKER_PATTERN);
    listener = newListener == null ? NO_LISTENER : newListener;
  }

  /** Who finds the topics that match. */
  void match(TopicPattern newPattern) {
    pattern = newPattern;
  }

  /** The pattern matches these topics now. */
  void matched(Set<String> newTopics) {
    topics = Set.copyOf(newTopics);
  }

  /** What {@link #match} gave, or null. */
  TopicPattern pattern() {
    return pattern;
  }

  void partitions() {
    enter(Mode.PARTITIONS);
  }

  void clear() {
    mode = Mode.NONE;
    topics = Set.of();
    pattern = null;
    refusal = null;
    listener = NO_LISTENER;
  }

  /** Every poll throws {@code reason} until something else is subscribed to. */
  void refuse(RuntimeException reason) {
    refusal = reason;
  }

  void throwIfRefused() {
    if (refusal != null) {
      throw refusal;
    }
  }

  boolean isNone() {
    return mode == Mode.NONE;
  }

  /** Whether a group assigns the partitions. */
  boolean isGroup() {
    return mode == Mode.TOPICS || mode == Mode.PATTERN || mode == Mode.BROKER_PATTERN;
  }

  boolean isPartitions() {
    return mode == Mode.PARTITIONS;
  }

  Set<String> topics() {
    return topics;
  }

  ConsumerRebalanceListener listener() {
    return listener;
  }

  private void enter(Mode wanted) {
    if (mode != Mode.NONE && mode != wanted) {
      throw new IllegalStateException(
          "Subscription to topics, partitions and pattern are mutually exclusive");
    }
    mode = wanted;
    refusal = null;
  }
}
