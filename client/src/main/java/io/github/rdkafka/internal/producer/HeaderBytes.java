package io.github.rdkafka.internal.producer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.ByteUtils;

/** A record's headers as bytes, each asked for once. */
final class HeaderBytes {
  static final HeaderBytes NONE = new HeaderBytes(new Header[0]);

  private final HeaderName[] names;
  private final byte[][] values;
  private final int sizeInBatch;
  private long bytes;
  private boolean needList;

  private HeaderBytes(Header[] headers) {
    names = new HeaderName[headers.length];
    values = new byte[headers.length][];
    int size = ByteUtils.sizeOfVarint(headers.length);
    for (int i = 0; i < headers.length; i++) {
      HeaderName name = HeaderName.of(headers[i].key());
      byte[] value = headers[i].value();
      names[i] = name;
      values[i] = value;
      bytes += name.bytes.length + 1L + (value == null ? 0 : value.length);
      needList |= name.hasNul;
      size += ByteUtils.sizeOfVarint(name.utf8Length) + name.utf8Length + RecordSizes.sized(value);
    }
    sizeInBatch = size;
  }

  static HeaderBytes of(Header[] headers) {
    return headers.length == 0 ? NONE : new HeaderBytes(headers);
  }

  int count() {
    return names.length;
  }

  byte[] name(int index) {
    return names[index].bytes;
  }

  /** Null for a null value. */
  byte[] value(int index) {
    return values[index];
  }

  /** What Kafka counts for them in a batch, their number included. */
  int sizeInBatch() {
    return sizeInBatch;
  }

  /** Names, a NUL after each, and values. */
  long bytes() {
    return bytes;
  }

  /** Whether a name holds U+0000, which a C string cannot. */
  boolean needList() {
    return needList;
  }

  /** An {@code rd_kafka_headers_t}; the caller's to destroy or to hand over. */
  MemorySegment toList() {
    MemorySegment list = rd_kafka_headers_new(names.length);
    try (Arena arena = Arena.ofConfined()) {
      for (int i = 0; i < names.length; i++) {
        byte[] bytes = names[i].bytes;
        MemorySegment name = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
        if (values[i] == null) {
          rd_kafka_header_add(list, name, bytes.length, MemorySegment.NULL, 0);
        } else {
          MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_BYTE, values[i]);
          rd_kafka_header_add(list, name, bytes.length, value, values[i].length);
        }
      }
      return list;
    } catch (Throwable failure) {
      rd_kafka_headers_destroy(list);
      throw failure;
    }
  }
}
