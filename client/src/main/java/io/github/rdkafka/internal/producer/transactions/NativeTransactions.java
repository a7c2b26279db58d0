package io.github.rdkafka.internal.producer.transactions;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.LiveObjects;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.NativeError;
import io.github.rdkafka.internal.natives.TopicPartitionList;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * librdkafka's transactional calls, one at a time. Each answers null on success.
 *
 * <p>A call that librdkafka gives up for now is made again, which takes up what goes on in its
 * background, until it succeeds, fails for good, or the producer is closed.
 */
final class NativeTransactions {
  /** How long the destruction of a closed producer may have to wait. */
  private static final int INITIALIZATION_SLICE_MILLIS = 500;

  /**
   * The same. Longer, because taking up a commit just when its answer arrives is the one moment in
   * which librdkafka can take one step's result for another's.
   */
  private static final int END_SLICE_MILLIS = 10_000;

  /** librdkafka applies {@code transaction.timeout.ms}; sooner it would fail the transaction. */
  private static final int OFFSETS_MILLIS = -1;

  private final NativeClient client;
  private final long retryBackoffMs;
  private final BooleanSupplier closed;
  private final ReentrantLock calls = new ReentrantLock();

  NativeTransactions(NativeClient client, long retryBackoffMs, BooleanSupplier closed) {
    this.client = client;
    this.retryBackoffMs = retryBackoffMs;
    this.closed = closed;
  }

  NativeError initialize() {
    return untilDone(
        () -> rd_kafka_init_transactions(client.segment(), INITIALIZATION_SLICE_MILLIS));
  }

  NativeError begin() {
    return call(() -> rd_kafka_begin_transaction(client.segment()));
  }

  NativeError commit() {
    return untilDone(() -> rd_kafka_commit_transaction(client.segment(), END_SLICE_MILLIS));
  }

  NativeError abort() {
    return untilDone(() -> rd_kafka_abort_transaction(client.segment(), END_SLICE_MILLIS));
  }

  NativeError sendOffsets(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    try (Arena arena = Arena.ofConfined();
        TopicPartitionList list = TopicPartitionList.ofOffsets(offsets)) {
      MemorySegment metadata = newGroupMetadata(group, arena);
      try {
        return untilDone(
            () ->
                rd_kafka_send_offsets_to_transaction(
                    client.segment(), list.segment(), metadata, OFFSETS_MILLIS));
      } finally {
        rd_kafka_consumer_group_metadata_destroy(metadata);
        LiveObjects.destroyed();
      }
    }
  }

  private static MemorySegment newGroupMetadata(ConsumerGroupMetadata group, Arena arena) {
    MemorySegment instance =
        group.groupInstanceId().map(arena::allocateFrom).orElse(MemorySegment.NULL);
    MemorySegment metadata =
        rd_kafka_consumer_group_metadata_new_with_genid(
            arena.allocateFrom(group.groupId()),
            group.generationId(),
            arena.allocateFrom(group.memberId()),
            instance);
    LiveObjects.created();
    return metadata;
  }

  /**
   * What has made the transaction fail that goes on, if something has: librdkafka tells it only in
   * its answer to a call, and this one has no other effect inside a transaction. Null also while
   * another call goes on, which will tell it. Does not wait for a broker.
   */
  NativeError failureOfTransaction() {
    if (!calls.tryLock()) {
      return null;
    }
    try {
      NativeError error = begin();
      return error != null && (error.requiresAbort() || error.fatal()) ? error : null;
    } finally {
      calls.unlock();
    }
  }

  private NativeError untilDone(Supplier<MemorySegment> call) {
    NativeError error = call(call);
    while (error != null && error.retriable() && !error.fatal() && !error.requiresAbort()) {
      if (error.code() != RD_KAFKA_RESP_ERR__TIMED_OUT()) {
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(retryBackoffMs));
      }
      error = call(call);
    }
    return error;
  }

  private NativeError call(Supplier<MemorySegment> call) {
    if (closed.getAsBoolean() || !client.enter()) {
      throw closedForcefully();
    }
    try {
      calls.lock();
      try {
        return NativeError.take(call.get());
      } finally {
        calls.unlock();
      }
    } finally {
      client.exit();
    }
  }

  static KafkaException closedForcefully() {
    return new KafkaException("The producer closed forcefully");
  }
}
