package io.github.rdkafka.internal.producer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.LiveObjects;
import java.lang.foreign.MemorySegment;

/** A piece of native memory that grows when asked to; its content is lost when it does. */
final class NativeBlock implements AutoCloseable {
  private MemorySegment segment;
  private long capacity;

  NativeBlock(long capacity) {
    allocate(capacity);
  }

  /** Its beginning, for calls that take a pointer. */
  MemorySegment segment() {
    return segment;
  }

  long address() {
    return segment.address();
  }

  long capacity() {
    return capacity;
  }

  /** Makes it at least {@code bytes} long; true when it is another block now. */
  boolean ensure(long bytes) {
    if (bytes <= capacity) {
      return false;
    }
    replace(Math.max(bytes, capacity * 2));
    return true;
  }

  /** Makes it exactly {@code bytes} long. */
  void replace(long bytes) {
    close();
    allocate(bytes);
  }

  private void allocate(long bytes) {
    segment = malloc(bytes);
    capacity = bytes;
    LiveObjects.created();
  }

  /** Memory that librdkafka may free, too. */
  static MemorySegment malloc(long bytes) {
    MemorySegment memory = rd_kafka_mem_malloc(MemorySegment.NULL, bytes);
    if (memory.address() == 0) {
      throw new OutOfMemoryError("no native memory for " + bytes + " bytes");
    }
    return memory;
  }

  static void free(MemorySegment memory) {
    rd_kafka_mem_free(MemorySegment.NULL, memory);
  }

  @Override
  public void close() {
    if (capacity > 0) {
      capacity = 0;
      free(segment);
      LiveObjects.destroyed();
    }
  }
}
