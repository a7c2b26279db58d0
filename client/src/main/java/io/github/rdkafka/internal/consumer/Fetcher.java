package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.NativeQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

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
    int room = Math.max(1, batchSize - assignment.returnable());
    try (MessageBatch batch = new MessageBatch(client.segment(), room)) {
      batch.fill(queue, timeoutMillis);
      copy(batch);
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
    List<PartitionState> overflowing = null;
    for (int i = 0; i < batch.size(); i++) {
      long message = batch.message(i);
      long topicHandle = MessageReader.topicHandle(message);
      PartitionState state =
          topicHandle == 0 ? null : assignment.of(topicHandle, MessageReader.partition(message));
      if (MessageReader.error(message) != 0) {
        takeError(message, topicHandle, state);
      } else if (state != null && state.accepts(MessageReader.offset(message))) {
        reader.copyTo(state.fetched, message);
        state.delivered = true;
        if (!state.isHeld()) {
          assignment.ready(state);
        } else if (!state.pausedNatively && state.fetched.size() == batchSize) {
          overflowing = overflowing == null ? new ArrayList<>() : overflowing;
          overflowing.add(state);
        }
      }
    }
    if (overflowing != null) {
      nativeAssignment.pauseNatively(overflowing);
    }
  }

  private void takeError(long message, long topicHandle, PartitionState state) {
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
