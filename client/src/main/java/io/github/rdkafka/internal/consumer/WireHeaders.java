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
  private static final int MALFORMED = Integer.MIN_VALUE;
  private static final int VARINT_BITS = 35;

  private long begin;
  private long at;
  private long end;

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
    at = value + valueLength;
    end = at + length;
    int count = varint();
    if (count < 0) {
      return null;
    }
    begin = at;
    RecordHeaders headers = new RecordHeaders();
    for (int i = 0; i < count; i++) {
      if (!readOne(headers)) {
        return null;
      }
    }
    return at == end ? headers : null;
  }

  /** How many bytes the headers read last took, without their number. */
  int bytes() {
    return (int) (end - begin);
  }

  private boolean readOne(RecordHeaders headers) {
    int nameLength = varint();
    if (nameLength < 0 || nameLength > end - at) {
      return false;
    }
    String name = new String(Memory.bytes(at, nameLength), StandardCharsets.UTF_8);
    at += nameLength;
    int valueLength = varint();
    if (valueLength < NULL_VALUE || valueLength > end - at) {
      return false;
    }
    if (valueLength == NULL_VALUE) {
      headers.add(name, null);
    } else {
      headers.add(name, Memory.bytes(at, valueLength));
      at += valueLength;
    }
    return true;
  }

  /** A number as Kafka writes it: seven bits a byte, the sign in the lowest bit. */
  private int varint() {
    long number = 0;
    for (int shift = 0; shift < VARINT_BITS && at < end; shift += 7) {
      byte next = Memory.ALL.get(ValueLayout.JAVA_BYTE, at++);
      number |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return (int) ((number >>> 1) ^ -(number & 1));
      }
    }
    return MALFORMED;
  }
}
