package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.NativeQueue;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.common.InvalidRecordException;

/**
 * Takes messages out of librdkafka's consumer queue, copies them into the buffers of their
 * partitions and destroys them at once: one that stayed alive would hold up the client's end.
 */
final class Fetcher {
  private static final int MIN_BATCH = 500;
  private static final int MAX_BATCH = 4096;

  private final NativeClient client;
  private final NativeQueue queue;
  private final Assignment assignment;
  private final NativeAssignment nativeAssignment;
  private final MessageErrors errors;
  private final MessageReader reader = new MessageReader();
  private final MessageSetReader setReader = new MessageSetReader();
  private final Queue<RuntimeException> failures = new ArrayDeque<>();
  private final int batchSize;

  Fetcher(
      NativeClient client,
      NativeQueue queue,
      Assignment assignment,
      NativeAssignment nativeAssignment,
      ConsumerSettings settings) {
    this.client = client;
    this.queue = queue;
    this.assignment = assignment;
    this.nativeAssignment = nativeAssignment;
    this.errors = new MessageErrors(client, settings);
    this.batchSize = Math.clamp(settings.maxPollRecords(), MIN_BATCH, MAX_BATCH);
  }

  /** Takes what is there, after waiting for a first message. Also serves the rebalance stub. */
  void fetch(int timeoutMillis) {
    // a set may be far larger than what was asked for: nothing more until it has been returned
    int least = MessageSetReader.AVAILABLE ? 0 : 1;
    int room = Math.max(least, batchSize - assignment.returnable());
    try (MessageBatch batch = new MessageBatch(client.segment(), room)) {
      batch.fill(queue, timeoutMillis);
      copy(batch);
    } catch (Throwable failure) {
      // librdkafka would go on behind what has been taken out of its queue
      assignment.states().forEach(this::restart);
      throw failure;
    }
  }

  /** Takes what is there and throws it away. */
  void discard(int timeoutMillis) {
    try (MessageBatch batch = new MessageBatch(client.segment(), batchSize)) {
      batch.fill(queue, timeoutMillis);
    }
  }

  /** What the caller has to be told, oldest first; or null. */
  RuntimeException pollFailure() {
    return failures.poll();
  }

  private void copy(MessageBatch batch) {
    Set<PartitionState> overflowing = new LinkedHashSet<>();
    for (int i = 0; i < batch.size(); i++) {
      take(batch.message(i), overflowing);
    }
    nativeAssignment.pauseNatively(overflowing);
  }

  private void take(long message, Set<PartitionState> overflowing) {
    PartitionState state = state(message);
    if (MessageReader.error(message) != 0) {
      takeError(message, state);
    } else if (state != null && copy(message, state)) {
      state.delivered = true;
      if (!state.isHeld()) {
        assignment.ready(state);
      } else if (!state.pausedNatively && state.fetched.size() >= batchSize) {
        overflowing.add(state);
      }
    }
  }

  private void restart(PartitionState state) {
    if (state.acceptsRecords()) {
      state.restart();
    }
    if (!state.isHeld() && !state.fetched.isEmpty()) {
      assignment.ready(state);
    }
  }

  /** Null when the message belongs to no partition of ours. */
  private PartitionState state(long message) {
    long topicHandle = MessageReader.topicHandle(message);
    return topicHandle == 0 ? null : assignment.of(topicHandle, MessageReader.partition(message));
  }

  /** Whether there was a record that is the user's. */
  private boolean copy(long message, PartitionState state) {
    // the offset of a set is its last one
    if (!state.accepts(MessageReader.offset(message))) {
      return false;
    }
    if (!MessageSetReader.isSet(message)) {
      reader.copyTo(state.fetched, message);
      return true;
    }
    int before = state.fetched.size();
    try {
      setReader.copyTo(state.fetched, message, state.nextFetch(), reader);
    } catch (InvalidRecordException malformed) {
      state.failBehindFetched(errors.badRecord(state, malformed));
    }
    return state.fetched.size() > before;
  }

  private void takeError(long message, PartitionState state) {
    long topicHandle = MessageReader.topicHandle(message);
    RuntimeException failure =
        errors.take(
            MessageReader.error(message),
            MessageReader.errorText(message),
            topicHandle == 0 ? null : MessageReader.topicName(topicHandle),
            state,
            MessageReader.offset(message));
    if (failure != null) {
      failures.add(failure);
    }
  }
}
