package io.github.rdkafka.internal.producer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;

/** A record's headers as bytes, each asked for once. */
final class HeaderBytes {
  static final HeaderBytes NONE = new HeaderBytes(new Header[0]);

  private final byte[][] names;
  private final byte[][] values;
  private long bytes;
  private boolean needList;

  HeaderBytes(Header[] headers) {
    names = new byte[headers.length][];
    values = new byte[headers.length][];
    for (int i = 0; i < headers.length; i++) {
      String name = headers[i].key();
      names[i] = name.getBytes(StandardCharsets.UTF_8);
      values[i] = headers[i].value();
      bytes += names[i].length + 1L + (values[i] == null ? 0 : values[i].length);
      needList |= name.indexOf('\0') >= 0;
    }
  }

  int count() {
    return names.length;
  }

  byte[] name(int index) {
    return names[index];
  }

  /** Null for a null value. */
  byte[] value(int index) {
    return values[index];
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
        MemorySegment name = arena.allocateFrom(ValueLayout.JAVA_BYTE, names[i]);
        if (values[i] == null) {
          rd_kafka_header_add(list, name, names[i].length, MemorySegment.NULL, 0);
        } else {
          MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_BYTE, values[i]);
          rd_kafka_header_add(list, name, names[i].length, value, values[i].length);
        }
      }
      return list;
    } catch (Throwable failure) {
      rd_kafka_headers_destroy(list);
      throw failure;
    }
  }
}
