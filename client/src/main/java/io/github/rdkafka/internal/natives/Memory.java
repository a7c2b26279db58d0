package io.github.rdkafka.internal.natives;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Native memory by address, without a segment object for each access. */
public final class Memory {
  /** The whole address space; whoever reads through it vouches for the address. */
  public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Memory() {}

  public static long address(long at) {
    return ALL.get(ValueLayout.JAVA_LONG, at);
  }

  public static long int64(long at) {
    return ALL.get(ValueLayout.JAVA_LONG, at);
  }

  public static int int32(long at) {
    return ALL.get(ValueLayout.JAVA_INT, at);
  }

  /** A copy of {@code length} bytes, or null for the null pointer. */
  public static byte[] bytes(long at, long length) {
    if (at == 0) {
      return null;
    }
    byte[] copy = new byte[Math.toIntExact(length)];
    MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, at, copy, 0, copy.length);
    return copy;
  }

  /** The NUL-terminated UTF-8 string at {@code at}, or null for the null pointer. */
  public static String string(long at) {
    return at == 0 ? null : ALL.getString(at, StandardCharsets.UTF_8);
  }

  /** How many bytes there are before the NUL that ends a string. */
  public static int stringLength(long at) {
    long end = at;
    while (ALL.get(ValueLayout.JAVA_BYTE, end) != 0) {
      end++;
    }
    return Math.toIntExact(end - at);
  }

  public static void setInt32(long at, int value) {
    ALL.set(ValueLayout.JAVA_INT, at, value);
  }

  public static void setInt64(long at, long value) {
    ALL.set(ValueLayout.JAVA_LONG, at, value);
  }

  public static void copy(byte[] from, long to) {
    MemorySegment.copy(from, 0, ALL, ValueLayout.JAVA_BYTE, to, from.length);
  }

  public static void copy(long from, byte[] to, int length) {
    MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, from, to, 0, length);
  }

  public static String string(MemorySegment at) {
    return string(at.address());
  }

  /** The UTF-8 string of {@code length} bytes at {@code at}, or null for the null pointer. */
  public static String string(long at, long length) {
    return at == 0 ? null : new String(bytes(at, length), StandardCharsets.UTF_8);
  }
}
