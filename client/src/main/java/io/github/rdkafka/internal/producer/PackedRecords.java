package io.github.rdkafka.internal.producer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.github.rdkafka.bindings.librdkafka.rd_kafka_packed_record_s;
import io.github.rdkafka.bindings.librdkafka.rdkafka_h;
import io.github.rdkafka.internal.natives.Memory;
import java.lang.foreign.MemorySegment;

/**
 * Records one after the other in native memory, as {@code rd_kafka_produce_packed} takes them. For
 * one thread at a time.
 */
final class PackedRecords implements AutoCloseable {
  /** Told of a record that librdkafka did not take. */
  interface RefusalListener {
    void refused(long opaque, int error);
  }

  /** Bytes of the largest record that can be added. */
  static final int LARGEST = 32 * 1024;

  private static final int FULL = 96 * 1024;

  private static final long HEAD = rd_kafka_packed_record_s.layout().byteSize();
  private static final long TOPIC = rd_kafka_packed_record_s.rkt$offset();
  private static final long OPAQUE = rd_kafka_packed_record_s.opaque$offset();
  private static final long TIMESTAMP = rd_kafka_packed_record_s.timestamp$offset();
  private static final long SIZE = rd_kafka_packed_record_s.size$offset();
  private static final long PARTITION = rd_kafka_packed_record_s.partition$offset();
  private static final long KEY_LENGTH = rd_kafka_packed_record_s.key_len$offset();
  private static final long VALUE_LENGTH = rd_kafka_packed_record_s.value_len$offset();
  private static final long HEADERS_LENGTH = rd_kafka_packed_record_s.headers_len$offset();
  private static final long ERROR = rd_kafka_packed_record_s.err$offset();

  /** Of an {@code int}. */
  private static final int LARGEST_VARINT = 5;

  private static final int ALIGNMENT = 8;
  private static final int NULL_LENGTH = -1;

  private final NativeBlock block = new NativeBlock(FULL + LARGEST);
  private long end = block.address();
  private long firstTopic;

  // Of records that are being handed over.
  private boolean producing;
  private long reported = end;
  private long unreported;

  /** The bytes that a record takes at most; it may be too large to be added. */
  static long size(byte[] key, byte[] value, HeaderBytes headers) {
    long size = HEAD + bytes(key) + bytes(value);
    if (headers.count() > 0) {
      size += headers.bytes() + (1 + 2L * headers.count()) * LARGEST_VARINT;
    }
    return aligned(size);
  }

  private static long aligned(long size) {
    return (size + ALIGNMENT - 1) & -ALIGNMENT;
  }

  boolean isEmpty() {
    return end == block.address();
  }

  /** Whether it is time to produce, or to end what was begun. */
  boolean isFull() {
    return end - block.address() >= FULL || producing;
  }

  /**
   * Adds a record of which {@link #size} says at most {@link #LARGEST}; there is room for one after
   * each {@link #produce}, and until {@link #isFull}.
   *
   * @param topic address of an {@code rd_kafka_topic_t}
   */
  void add(
      long topic,
      int partition,
      byte[] key,
      byte[] value,
      HeaderBytes headers,
      long timestamp,
      long opaque) {
    long at = end;
    if (isEmpty()) {
      firstTopic = topic;
    }
    Memory.setInt64(at + TOPIC, topic);
    Memory.setInt64(at + OPAQUE, opaque);
    Memory.setInt64(at + TIMESTAMP, timestamp);
    Memory.setInt32(at + PARTITION, partition);
    Memory.setInt32(at + KEY_LENGTH, length(key));
    Memory.setInt32(at + VALUE_LENGTH, length(value));
    Memory.setInt32(at + ERROR, 0);
    long headersAt = append(append(at + HEAD, key), value);
    long next = headers.count() == 0 ? headersAt : append(headersAt, headers);
    Memory.setInt32(at + HEADERS_LENGTH, (int) (next - headersAt));
    long size = aligned(next - at);
    Memory.setInt32(at + SIZE, (int) size);
    end = at + size;
  }

  /**
   * Hands all records to librdkafka; none is left. The caller is inside the gate. If it throws, the
   * next call goes on where it ended: no record goes to librdkafka twice.
   */
  void produce(MemorySegment client, RefusalListener listener) {
    long begin = block.address();
    producing = true;
    // librdkafka writes over the topic of a record that it has seen
    if (Memory.int64(begin + TOPIC) == firstTopic) {
      unreported = Long.MAX_VALUE;
      unreported = rdkafka_h.rd_kafka_produce_packed(client, block.segment(), end - begin);
    }
    while (unreported > 0 && reported < end) {
      int error = Memory.int32(reported + ERROR);
      if (error != 0) {
        listener.refused(Memory.int64(reported + OPAQUE), error);
        unreported--;
      }
      reported += Memory.int32(reported + SIZE);
    }
    reported = begin;
    end = begin;
    producing = false;
  }

  private static long append(long at, byte[] bytes) {
    if (bytes == null) {
      return at;
    }
    Memory.copy(bytes, at);
    return at + bytes.length;
  }

  /**
   * As they follow the value of a record in message format 2:
   * https://kafka.apache.org/documentation/#record
   */
  private static long append(long at, HeaderBytes headers) {
    long next = appendVarint(at, headers.count());
    for (int i = 0; i < headers.count(); i++) {
      next = append(appendVarint(next, length(headers.name(i))), headers.name(i));
      next = append(appendVarint(next, length(headers.value(i))), headers.value(i));
    }
    return next;
  }

  private static long appendVarint(long at, int value) {
    long next = at;
    int rest = (value << 1) ^ (value >> 31);
    while ((rest & ~0x7f) != 0) {
      Memory.ALL.set(JAVA_BYTE, next++, (byte) (rest | 0x80));
      rest >>>= 7;
    }
    Memory.ALL.set(JAVA_BYTE, next, (byte) rest);
    return next + 1;
  }

  private static int bytes(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static int length(byte[] bytes) {
    return bytes == null ? NULL_LENGTH : bytes.length;
  }

  @Override
  public void close() {
    block.close();
  }
}
