package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.LiveObjects;
import io.github.rdkafka.internal.natives.Memory;
import io.github.rdkafka.internal.natives.NativeQueue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A batch of messages taken from the consumer's queue, destroyed in one call.
 *
 * <p>The block has the layout of librdkafka's {@code rd_kafka_messages_t}, a count followed by
 * pointers, so that {@code rd_kafka_messages_destroy} frees the messages and the block itself.
 *
 * <p>A message may be a whole message set. It counts as the records in it.
 */
final class MessageBatch implements AutoCloseable {
  private static final long POINTER = 8;

  private final MemorySegment block;
  private final int capacity;
  private int size;

  MessageBatch(MemorySegment client, int capacity) {
    this.capacity = capacity;
    this.block =
        rd_kafka_mem_malloc(client, POINTER + capacity * POINTER)
            .reinterpret(POINTER + capacity * POINTER);
    LiveObjects.created();
    setSize(0);
  }

  /**
   * Waits for a first message, then takes those that are there too. The queue's own batch call
   * would wait until the batch is full. With a capacity of 0 it serves what stands in the queue
   * before the first message.
   */
  void fill(NativeQueue queue, int timeoutMillis) {
    setSize((int) consume(queue, timeoutMillis, 0, Math.min(capacity, 1)));
    if (size == 1) {
      int room = capacity - records(message(0));
      if (room > 0) {
        setSize(1 + (int) consume(queue, 0, 1, room));
      }
    }
  }

  private static int records(long message) {
    return MessageReader.error(message) == 0 ? MessageSetReader.records(message) : 1;
  }

  int size() {
    return size;
  }

  /** The address of the i-th message. */
  long message(int i) {
    return Memory.address(block.address() + POINTER + i * POINTER);
  }

  @Override
  public void close() {
    rd_kafka_messages_destroy(block);
    LiveObjects.destroyed();
  }

  private long consume(NativeQueue queue, int timeoutMillis, int from, long count) {
    long taken =
        rd_kafka_consume_batch_queue(
            queue.segment(), timeoutMillis, block.asSlice(POINTER + from * POINTER), count);
    return Math.max(0, taken);
  }

  private void setSize(int newSize) {
    size = newSize;
    block.set(ValueLayout.JAVA_LONG, 0, newSize);
  }
}
