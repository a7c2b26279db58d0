package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.Memory;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.NativeError;
import io.github.rdkafka.internal.natives.TopicPartitionList;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps librdkafka's assignment, fetch positions and pauses in step with Java's. */
final class NativeAssignment {
  private static final Logger LOG = LoggerFactory.getLogger(NativeAssignment.class);
  private static final int SEEK_MILLIS = 50;

  private final NativeClient client;
  private final Assignment assignment;

  NativeAssignment(NativeClient client, Assignment assignment) {
    this.client = client;
    this.assignment = assignment;
  }

  /** Whether the group takes partitions away one by one, or none is joined. */
  boolean isIncremental() {
    String protocol = Memory.string(rd_kafka_rebalance_protocol(client.segment()));
    return !"EAGER".equals(protocol);
  }

  /** Starts fetching {@code states}, each from its position if that is known already. */
  void start(Collection<PartitionState> states) {
    List<PartitionState> fresh = states.stream().filter(state -> !state.started).toList();
    if (isIncremental()) {
      if (!fresh.isEmpty() || states.isEmpty()) {
        try (TopicPartitionList list = startOffsets(fresh)) {
          check(rd_kafka_incremental_assign(client.segment(), list.segment()), "assign");
        }
      }
      fresh.forEach(NativeAssignment::markStarted);
    } else {
      List<PartitionState> all = new ArrayList<>(fresh);
      assignment.states().stream().filter(state -> state.started).forEach(all::add);
      assignWhole(all);
    }
  }

  /** Stops fetching {@code states}; all of them go at once unless the protocol is incremental. */
  void stop(Collection<TopicPartition> partitions, Collection<PartitionState> states) {
    resumeNatively(states.stream().filter(state -> state.pausedNatively).toList());
    states.forEach(state -> state.started = false);
    if (isIncremental()) {
      try (TopicPartitionList list = TopicPartitionList.ofPartitions(partitions)) {
        check(rd_kafka_incremental_unassign(client.segment(), list.segment()), "unassign");
      }
    } else {
      clear();
    }
  }

  /** Starts what has been assigned by hand, or by a group that librdkafka knows nothing of. */
  void startResolved() {
    List<PartitionState> startable =
        assignment.states().stream().filter(state -> !state.started && state.isResolved()).toList();
    if (!startable.isEmpty()) {
      start(startable);
    }
  }

  /** Takes partitions that {@link #startResolved} would start, or has, out of the assignment. */
  void giveUp(Collection<TopicPartition> leaving) {
    List<PartitionState> started =
        assignment.states(leaving).stream().filter(state -> state.started).toList();
    assignment.remove(leaving);
    if (!started.isEmpty()) {
      stop(started.stream().map(state -> state.partition).toList(), started);
    }
  }

  /** Answers a rebalance of which the user knows nothing any more: nothing is to be read. */
  void decline(RebalanceStub.Event event) {
    if (!isIncremental()) {
      clear();
      return;
    }
    Collection<TopicPartition> partitions = event.assign() ? List.of() : event.partitions();
    try (TopicPartitionList list = TopicPartitionList.ofPartitions(partitions)) {
      if (event.assign()) {
        check(rd_kafka_incremental_assign(client.segment(), list.segment()), "assign");
      } else {
        check(rd_kafka_incremental_unassign(client.segment(), list.segment()), "unassign");
      }
    }
  }

  /** Gives up the whole assignment of a group that gives and takes all at once. */
  void clear() {
    int error = rd_kafka_assign(client.segment(), MemorySegment.NULL);
    if (error != 0) {
      LOG.warn("Clearing the assignment failed: {}", KafkaErrors.describe(error));
    }
  }

  /** Moves librdkafka to the positions that changed since it was started. */
  void applySeeks() {
    Map<TopicPartition, PartitionState> seeks = new LinkedHashMap<>();
    List<PartitionState> stopped = new ArrayList<>();
    for (PartitionState state : assignment.states()) {
      if (state.seekPending && state.started && state.isResolved()) {
        if (state.stopped) {
          if (!state.paused) {
            stopped.add(state);
          }
        } else {
          seeks.put(state.partition, state);
        }
      }
    }
    if (!seeks.isEmpty()) {
      seek(seeks);
    }
    if (!stopped.isEmpty()) {
      restart(stopped);
    }
  }

  boolean hasSeeks() {
    for (PartitionState state : assignment.states()) {
      if (state.seekPending && state.isResolved()) {
        return true;
      }
    }
    return false;
  }

  void pauseNatively(Collection<PartitionState> states) {
    if (states.isEmpty()) {
      return;
    }
    try (TopicPartitionList list = partitions(states)) {
      KafkaErrors.check(rd_kafka_pause_partitions(client.segment(), list.segment()));
    }
    states.forEach(state -> state.pausedNatively = true);
  }

  void resumeNatively(Collection<PartitionState> states) {
    if (states.isEmpty()) {
      return;
    }
    try (TopicPartitionList list = partitions(states)) {
      KafkaErrors.check(rd_kafka_resume_partitions(client.segment(), list.segment()));
    }
    states.forEach(state -> state.pausedNatively = false);
  }

  /**
   * The position behind control records that librdkafka has passed over; only where it cannot be a
   * stale one: nothing is buffered, and a record came since the last assignment or seek.
   */
  void passControlRecords(Collection<PartitionState> states) {
    Map<TopicPartition, PartitionState> candidates = new HashMap<>();
    for (PartitionState state : states) {
      if (state.delivered && state.acceptsRecords() && state.fetched.isEmpty()) {
        candidates.put(state.partition, state);
      }
    }
    if (candidates.isEmpty()) {
      return;
    }
    try (TopicPartitionList list = TopicPartitionList.ofPartitions(candidates.keySet())) {
      if (rd_kafka_position(client.segment(), list.segment()) != 0) {
        return;
      }
      for (TopicPartitionList.Element element : list.elements()) {
        PartitionState state = candidates.get(element.partition());
        if (element.error() == 0 && element.offset() > state.position()) {
          state.advance(element.offset(), state.positionEpoch());
          assignment.moved(state);
        }
      }
    }
  }

  private void seek(Map<TopicPartition, PartitionState> seeks) {
    try (TopicPartitionList list = positions(seeks.values())) {
      NativeError error =
          NativeError.take(rd_kafka_seek_partitions(client.segment(), list.segment(), SEEK_MILLIS));
      if (error != null) {
        LOG.debug("Seeking has not ended yet: {}", error.message());
        return;
      }
      for (TopicPartitionList.Element element : list.elements()) {
        if (element.error() == 0) {
          seeks.get(element.partition()).seekPending = false;
        } else {
          LOG.debug(
              "Seeking {} has to wait: {}",
              element.partition(),
              KafkaErrors.describe(element.error()));
        }
      }
    }
  }

  /** A fetcher that gave up after an offset error starts again only with a new assignment. */
  private void restart(List<PartitionState> states) {
    if (isIncremental()) {
      try (TopicPartitionList list = partitions(states)) {
        check(rd_kafka_incremental_unassign(client.segment(), list.segment()), "unassign");
      }
      try (TopicPartitionList list = startOffsets(states)) {
        check(rd_kafka_incremental_assign(client.segment(), list.segment()), "assign");
      }
      states.forEach(NativeAssignment::markStarted);
    } else {
      assignWhole(assignment.states().stream().filter(state -> state.started).toList());
    }
  }

  /** Every partition restarts, so each goes on behind what was taken from librdkafka already. */
  private void assignWhole(List<PartitionState> states) {
    try (TopicPartitionList list = startOffsets(states)) {
      KafkaErrors.check(rd_kafka_assign(client.segment(), list.segment()));
    }
    states.forEach(NativeAssignment::markStarted);
  }

  private static void markStarted(PartitionState state) {
    state.started = true;
    state.stopped = false;
    state.delivered = false;
    state.seekPending = !state.isResolved();
  }

  /**
   * Where to start: behind what is buffered, at the position, or at 0 until it is found. Not at a
   * logical offset: librdkafka looks that up, and does so again after a seek has overtaken it.
   */
  private static TopicPartitionList startOffsets(Collection<PartitionState> states) {
    Map<TopicPartition, OffsetAndMetadata> known = new LinkedHashMap<>();
    Map<TopicPartition, Long> unknown = new LinkedHashMap<>();
    for (PartitionState state : states) {
      if (!state.isResolved()) {
        unknown.put(state.partition, 0L);
      } else {
        known.put(state.partition, fetchPosition(state));
      }
    }
    return TopicPartitionList.of(known, unknown);
  }

  private static OffsetAndMetadata fetchPosition(PartitionState state) {
    return state.fetched.isEmpty()
        ? state.committable()
        : new OffsetAndMetadata(state.fetched.nextOffset(), Optional.empty(), "");
  }

  private static TopicPartitionList positions(Collection<PartitionState> states) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    states.forEach(state -> offsets.put(state.partition, state.committable()));
    return TopicPartitionList.ofOffsets(offsets);
  }

  private static TopicPartitionList partitions(Collection<PartitionState> states) {
    return TopicPartitionList.ofPartitions(states.stream().map(state -> state.partition).toList());
  }

  private static void check(MemorySegment error, String what) {
    NativeError taken = NativeError.take(error);
    if (taken != null) {
      LOG.warn("Incremental {} failed: {}", what, taken.message());
    }
  }
}
