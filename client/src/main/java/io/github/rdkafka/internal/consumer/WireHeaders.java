package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.natives.Memory;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Reads a record's headers out of the fetched batch, as the broker sent them. To ask librdkafka for
 * them costs it an object with two allocations for each record, also for one without any header,
 * and three more for each header.
 *
 * <p>Where they are stands in librdkafka's private part of the message. That it does is checked
 * each time: in a batch of the format that has headers they begin where the value ends. Whatever
 * looks otherwise is left to librdkafka.
 */
final class WireHeaders {
  /** Of {@code rd_kafka_msg_t}, whose first part is the public {@code rd_kafka_message_t}. */
  private static final long LENGTH = 120;

  private static final long DATA = 128;

  private static final int NULL_VALUE = -1;

  private final WireCursor cursor = new WireCursor();

  private int bytes;

  /** Whether a message is known to have none; parameters as for {@link #read}. */
  static boolean areNone(long message, long value, long valueLength) {
    long behind = value + valueLength;
    return value != 0
        && Memory.int32(message + LENGTH) == 1
        && Memory.address(message + DATA) == behind
        && Memory.ALL.get(ValueLayout.JAVA_BYTE, behind) == 0;
  }

  /**
   * All headers of a message, or null when librdkafka has to be asked.
   *
   * @param value address of the message's value, 0 for null
   */
  RecordHeaders read(long message, long value, long valueLength) {
    int length = Memory.int32(message + LENGTH);
    if (value == 0 || length < 1 || Memory.address(message + DATA) != value + valueLength) {
      return null;
    }
    return read(value + valueLength, length);
  }

  /**
   * The headers that take the {@code length} bytes at {@code at}, or null if they are malformed.
   */
  RecordHeaders read(long at, long length) {
    cursor.set(at, at + length);
    int count = cursor.varint();
    if (count < 0) {
      return null;
    }
    bytes = (int) cursor.remaining();
    RecordHeaders headers = new RecordHeaders();
    for (int i = 0; i < count; i++) {
      if (!readOne(headers)) {
        return null;
      }
    }
    return cursor.remaining() == 0 ? headers : null;
  }

  /** How many bytes the headers read last took, without their number. */
  int bytes() {
    return bytes;
  }

  private boolean readOne(RecordHeaders headers) {
    int nameLength = cursor.varint();
    if (nameLength < 0 || nameLength > cursor.remaining()) {
      return false;
    }
    String name = new String(Memory.bytes(cursor.at(), nameLength), StandardCharsets.UTF_8);
    cursor.skip(nameLength);
    int valueLength = cursor.varint();
    if (valueLength < NULL_VALUE || valueLength > cursor.remaining()) {
      return false;
    }
    if (valueLength == NULL_VALUE) {
      headers.add(name, null);
    } else {
      headers.add(name, Memory.bytes(cursor.at(), valueLength));
      cursor.skip(valueLength);
    }
    return true;
  }
}
