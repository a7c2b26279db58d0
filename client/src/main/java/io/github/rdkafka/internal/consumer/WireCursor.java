package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.natives.Memory;
import java.lang.foreign.ValueLayout;

/** A place in native memory that is read as Kafka writes records, and never beyond its end. */
final class WireCursor {
  /** What is read where there is no number that Kafka would write. */
  static final int MALFORMED = Integer.MIN_VALUE;

  static final long MALFORMED_LONG = Long.MIN_VALUE;

  private static final int VARINT_BITS = 35;
  private static final int VARLONG_BITS = 70;

  private long at;
  private long end;

  void set(long newAt, long newEnd) {
    at = newAt;
    end = newEnd;
  }

  long at() {
    return at;
  }

  long remaining() {
    return end - at;
  }

  void skip(long bytes) {
    at += bytes;
  }

  /** A number as Kafka writes it: seven bits a byte, the sign in the lowest bit. */
  int varint() {
    if (at < end) {
      byte only = Memory.ALL.get(ValueLayout.JAVA_BYTE, at);
      if (only >= 0) {
        at++;
        return (only >>> 1) ^ -(only & 1);
      }
    }
    long number = unsigned(VARINT_BITS);
    return number < 0 ? MALFORMED : (int) ((number >>> 1) ^ -(number & 1));
  }

  /** The same with more bytes. */
  long varlong() {
    long number = 0;
    for (int shift = 0; shift < VARLONG_BITS && at < end; shift += 7) {
      byte next = Memory.ALL.get(ValueLayout.JAVA_BYTE, at++);
      number |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return (number >>> 1) ^ -(number & 1);
      }
    }
    return MALFORMED_LONG;
  }

  private long unsigned(int bits) {
    long number = 0;
    for (int shift = 0; shift < bits && at < end; shift += 7) {
      byte next = Memory.ALL.get(ValueLayout.JAVA_BYTE, at++);
      number |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
    return -1;
  }
}
