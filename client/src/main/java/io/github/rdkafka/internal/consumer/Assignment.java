package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.metrics.ConsumerMetrics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The partitions that this consumer has, in the order in which they came. */
final class Assignment {
  private final Map<TopicPartition, PartitionState> partitions = new LinkedHashMap<>();

  /** Topic handles seen in messages; their addresses may be used again after an unassign. */
  private final Map<Long, String> topicNames = new HashMap<>();

  /** Partitions that may have records to return, in turn. */
  private final Deque<PartitionState> ready = new ArrayDeque<>();

  private final ConsumerMetrics metrics;
  private boolean attention;
  private boolean anyMoved;
  private long lastTopicHandle;
  private int lastPartition;
  private PartitionState lastState;

  Assignment(ConsumerMetrics metrics) {
    this.metrics = metrics;
  }

  Set<TopicPartition> set() {
    return Set.copyOf(partitions.keySet());
  }

  Collection<PartitionState> states() {
    return partitions.values();
  }

  List<PartitionState> states(Collection<TopicPartition> which) {
    List<PartitionState> states = new ArrayList<>(which.size());
    for (TopicPartition partition : which) {
      PartitionState state = partitions.get(partition);
      if (state != null) {
        states.add(state);
      }
    }
    return states;
  }

  boolean isEmpty() {
    return partitions.isEmpty();
  }

  /** Null when the partition is not assigned. */
  PartitionState get(TopicPartition partition) {
    return partitions.get(partition);
  }

  /** Throws Kafka's exception when the partition is not assigned. */
  PartitionState require(TopicPartition partition) {
    PartitionState state = partitions.get(partition);
    if (state == null) {
      throw new IllegalStateException("No current assignment for partition " + partition);
    }
    return state;
  }

  /** Throws Kafka's exception when one of them is not assigned. */
  List<PartitionState> require(Collection<TopicPartition> which) {
    List<PartitionState> states = new ArrayList<>();
    which.forEach(partition -> states.add(require(partition)));
    return states;
  }

  void add(Collection<TopicPartition> added) {
    for (TopicPartition partition : added) {
      partitions.computeIfAbsent(
          partition, absent -> new PartitionState(absent, metrics.assigned(absent), this));
    }
    attention = true;
    forgetHandles();
  }

  void remove(Collection<TopicPartition> removed) {
    for (TopicPartition partition : removed) {
      PartitionState state = partitions.remove(partition);
      if (state != null) {
        state.fetched.clear();
        metrics.revoked(state.metrics);
      }
    }
    forgetHandles();
  }

  /** The partition of a message, or null when it is not ours (any more). */
  PartitionState of(long topicHandle, int partition) {
    if (topicHandle == lastTopicHandle && partition == lastPartition && lastState != null) {
      return lastState;
    }
    String topic = topicNames.computeIfAbsent(topicHandle, MessageReader::topicName);
    lastTopicHandle = topicHandle;
    lastPartition = partition;
    lastState = partitions.get(new TopicPartition(topic, partition));
    return lastState;
  }

  /** A partition wants a look-up, a seek or a start; cleared by {@link #updateAttention}. */
  void requestAttention() {
    attention = true;
  }

  boolean needsAttention() {
    return attention;
  }

  void updateAttention() {
    attention = false;
    for (PartitionState state : partitions.values()) {
      attention |= !state.isSettled();
    }
  }

  /** Takes note that a position went on without a record. */
  void moved(PartitionState state) {
    state.moved = true;
    anyMoved = true;
  }

  /** Whether there may be positions for {@link #takeMoved}. */
  boolean hasMoved() {
    return anyMoved;
  }

  /** The partitions whose positions went on without a record since the last call. */
  List<PartitionState> takeMoved() {
    if (!anyMoved) {
      return List.of();
    }
    anyMoved = false;
    List<PartitionState> taken = states().stream().filter(state -> state.moved).toList();
    taken.forEach(state -> state.moved = false);
    return taken;
  }

  /** Takes note that {@code state} has records to return. */
  void ready(PartitionState state) {
    if (!state.queued) {
      state.queued = true;
      ready.add(state);
    }
  }

  /** The next partition with records to return, taken out of its turn; or null. */
  PartitionState nextReady() {
    PartitionState state;
    while ((state = ready.poll()) != null) {
      state.queued = false;
      if (!state.isHeld() && !state.fetched.isEmpty()) {
        return state;
      }
    }
    return null;
  }

  /** Puts {@code state} in front of the others again. */
  void readyFirst(PartitionState state) {
    state.queued = true;
    ready.addFirst(state);
  }

  /** How many records can be returned. */
  int returnable() {
    int count = 0;
    for (PartitionState state : ready) {
      if (!state.isHeld()) {
        count += state.fetched.size();
      }
    }
    return count;
  }

  private void forgetHandles() {
    topicNames.clear();
    lastTopicHandle = 0;
    lastState = null;
  }
}
