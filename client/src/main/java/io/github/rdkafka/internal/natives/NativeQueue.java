package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import java.lang.foreign.MemorySegment;

/** Owner of one reference to an {@code rd_kafka_queue_t}. */
public final class NativeQueue implements AutoCloseable {
  private final MemorySegment queue;

  NativeQueue(MemorySegment queue) {
    this.queue = queue;
    LiveObjects.created();
  }

  public MemorySegment segment() {
    return queue;
  }

  /** Ends the current wait on this queue, or the next one. Any thread, inside the gate. */
  public void wake() {
    rd_kafka_queue_yield(queue);
  }

  @Override
  public void close() {
    rd_kafka_queue_destroy(queue);
    LiveObjects.destroyed();
  }
}
