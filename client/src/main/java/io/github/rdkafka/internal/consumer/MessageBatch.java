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
   * would wait until the batch is full.
   */
  void fill(NativeQueue queue, int timeoutMillis) {
    long first = consume(queue, timeoutMillis, 0, 1);
    setSize((int) first);
    if (first == 1 && capacity > 1) {
      setSize(1 + (int) consume(queue, 0, 1, capacity - 1L));
    }
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
