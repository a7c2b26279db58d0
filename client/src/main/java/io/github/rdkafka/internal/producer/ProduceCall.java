package io.github.rdkafka.internal.producer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.github.rdkafka.bindings.librdkafka.rd_kafka_vu_s;
import io.github.rdkafka.internal.natives.Memory;
import io.github.rdkafka.internal.natives.NativeError;
import java.lang.foreign.MemorySegment;

/**
 * One call of {@code rd_kafka_produceva} after the other, by one thread at a time: the memory of
 * its arguments and of copies of key, value and headers, kept for the next call.
 */
final class ProduceCall implements AutoCloseable {
  /** From this size on a value gets memory of its own, which librdkafka takes over uncopied. */
  static final int LARGE_VALUE = 16 * 1024;

  private static final long SIZE = rd_kafka_vu_s.layout().byteSize();
  private static final long TYPE = rd_kafka_vu_s.vtype$offset();
  private static final long UNION = rd_kafka_vu_s.u$offset();
  private static final long TOPIC = UNION + rd_kafka_vu_s.u.rkt$offset();
  private static final long INT32 = UNION + rd_kafka_vu_s.u.i32$offset();
  private static final long INT64 = UNION + rd_kafka_vu_s.u.i64$offset();
  private static final long POINTER = UNION + rd_kafka_vu_s.u.ptr$offset();
  private static final long LIST = UNION + rd_kafka_vu_s.u.headers$offset();
  private static final long MEM = UNION + rd_kafka_vu_s.u.mem$offset();
  private static final long MEM_POINTER = MEM + rd_kafka_vu_s.u.mem.ptr$offset();
  private static final long MEM_SIZE = MEM + rd_kafka_vu_s.u.mem.size$offset();
  private static final long HEADER = UNION + rd_kafka_vu_s.u.header$offset();
  private static final long HEADER_NAME = HEADER + rd_kafka_vu_s.u.header.name$offset();
  private static final long HEADER_VALUE = HEADER + rd_kafka_vu_s.u.header.val$offset();
  private static final long HEADER_SIZE = HEADER + rd_kafka_vu_s.u.header.size$offset();

  // Where each argument stands; headers follow.
  private static final long TOPIC_AT = 0;
  private static final long PARTITION_AT = SIZE;
  private static final long VALUE_AT = 2 * SIZE;
  private static final long KEY_AT = 3 * SIZE;
  private static final long OPAQUE_AT = 4 * SIZE;
  private static final long FLAGS_AT = 5 * SIZE;
  private static final long TIMESTAMP_AT = 6 * SIZE;
  private static final int FIXED = 7;

  private static final int COPY_VALUE = RD_KAFKA_MSG_F_COPY();
  private static final int TAKE_VALUE = RD_KAFKA_MSG_F_FREE();
  private static final int HEADER_TYPE = RD_KAFKA_VTYPE_HEADER();
  private static final int LIST_TYPE = RD_KAFKA_VTYPE_HEADERS();

  private static final long FIRST_ARGUMENTS = (FIXED + 8) * SIZE;
  private static final long MOST_ARGUMENTS_KEPT = (FIXED + 256) * SIZE;
  private static final long FIRST_DATA = 4 * 1024;
  private static final long MOST_DATA_KEPT = 256 * 1024;

  private final NativeBlock arguments = new NativeBlock(FIRST_ARGUMENTS);
  private final NativeBlock data;
  private long args;
  private long end;

  ProduceCall() {
    try {
      data = new NativeBlock(FIRST_DATA);
    } catch (Throwable failure) {
      arguments.close();
      throw failure;
    }
    writeTypes();
  }

  private void writeTypes() {
    args = arguments.address();
    setInt(TOPIC_AT + TYPE, RD_KAFKA_VTYPE_RKT());
    setInt(PARTITION_AT + TYPE, RD_KAFKA_VTYPE_PARTITION());
    setInt(VALUE_AT + TYPE, RD_KAFKA_VTYPE_VALUE());
    setInt(KEY_AT + TYPE, RD_KAFKA_VTYPE_KEY());
    setInt(OPAQUE_AT + TYPE, RD_KAFKA_VTYPE_OPAQUE());
    setInt(FLAGS_AT + TYPE, RD_KAFKA_VTYPE_MSGFLAGS());
    setInt(TIMESTAMP_AT + TYPE, RD_KAFKA_VTYPE_TIMESTAMP());
  }

  /**
   * Hands a record to librdkafka; the caller is inside the gate.
   *
   * @param topic address of an {@code rd_kafka_topic_t}
   * @param key null for none
   * @param value null for none
   * @param timestamp milliseconds since the epoch; a librdkafka without our patches takes 0 for
   *     "now"
   * @return null on success
   */
  NativeError produce(
      MemorySegment client,
      long topic,
      int partition,
      byte[] key,
      byte[] value,
      HeaderBytes headers,
      long timestamp,
      long opaque) {
    boolean large = value != null && value.length >= LARGE_VALUE;
    reserve(
        length(key) + (large ? 0 : length(value)) + (headers.needList() ? 0 : headers.bytes()),
        FIXED + (headers.needList() ? 1 : headers.count()));
    setLong(TOPIC_AT + TOPIC, topic);
    setInt(PARTITION_AT + INT32, partition);
    setLong(OPAQUE_AT + POINTER, opaque);
    setLong(TIMESTAMP_AT + INT64, timestamp);
    setInt(FLAGS_AT + INT32, large ? TAKE_VALUE : COPY_VALUE);
    setBytes(KEY_AT, key);
    if (large || headers.needList()) {
      return produceOwned(client, value, large, headers);
    }
    setBytes(VALUE_AT, value);
    setHeaders(headers);
    return call(client, FIXED + headers.count());
  }

  /** With memory that becomes librdkafka's if the call succeeds, and is ours to free if not. */
  private NativeError produceOwned(
      MemorySegment client, byte[] value, boolean large, HeaderBytes headers) {
    MemorySegment copy = null;
    MemorySegment list = null;
    boolean taken = false;
    try {
      if (large) {
        copy = NativeBlock.malloc(value.length);
        Memory.copy(value, copy.address());
        setLong(VALUE_AT + MEM_POINTER, copy.address());
        setLong(VALUE_AT + MEM_SIZE, value.length);
      } else {
        setBytes(VALUE_AT, value);
      }
      int count = FIXED;
      if (headers.needList()) {
        list = headers.toList();
        setInt(count * SIZE + TYPE, LIST_TYPE);
        setLong(count * SIZE + LIST, list.address());
        count++;
      } else {
        setHeaders(headers);
        count += headers.count();
      }
      NativeError error = call(client, count);
      taken = error == null;
      return error;
    } finally {
      if (!taken && copy != null) {
        NativeBlock.free(copy);
      }
      if (!taken && list != null) {
        rd_kafka_headers_destroy(list);
      }
    }
  }

  private NativeError call(MemorySegment client, long count) {
    return NativeError.take(rd_kafka_produceva(client, arguments.segment(), count));
  }

  /** Makes room, and lets go of what an unusually big record needed before. */
  private void reserve(long bytes, long argumentCount) {
    long argumentBytes = argumentCount * SIZE;
    boolean moved = arguments.ensure(argumentBytes);
    if (arguments.capacity() > MOST_ARGUMENTS_KEPT && argumentBytes <= FIRST_ARGUMENTS) {
      arguments.replace(FIRST_ARGUMENTS);
      moved = true;
    }
    if (moved) {
      writeTypes();
    }
    // One byte more, so that empty arrays at the end have an address inside, too.
    data.ensure(bytes + 1);
    if (data.capacity() > MOST_DATA_KEPT && bytes < FIRST_DATA) {
      data.replace(FIRST_DATA);
    }
    end = data.address();
  }

  private void setHeaders(HeaderBytes headers) {
    long at = FIXED * SIZE;
    for (int i = 0; i < headers.count(); i++) {
      byte[] value = headers.value(i);
      setInt(at + TYPE, HEADER_TYPE);
      setLong(at + HEADER_NAME, append(headers.name(i)));
      Memory.ALL.set(JAVA_BYTE, end++, (byte) 0);
      setLong(at + HEADER_VALUE, append(value));
      setLong(at + HEADER_SIZE, length(value));
      at += SIZE;
    }
  }

  private void setBytes(long at, byte[] bytes) {
    setLong(at + MEM_POINTER, append(bytes));
    setLong(at + MEM_SIZE, length(bytes));
  }

  /** Copies to the reserved memory; the null pointer stands for null. */
  private long append(byte[] bytes) {
    if (bytes == null) {
      return 0;
    }
    long at = end;
    Memory.copy(bytes, at);
    end += bytes.length;
    return at;
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private void setInt(long at, int value) {
    Memory.setInt32(args + at, value);
  }

  private void setLong(long at, long value) {
    Memory.setInt64(args + at, value);
  }

  @Override
  public void close() {
    arguments.close();
    data.close();
  }
}
