package io.github.rdkafka.benchmarks;

import java.nio.charset.StandardCharsets;

/** Keys, values and the header of the records, made before anything is measured. */
public final class Payload {
  public static final int KEY_SIZE = 16;
  public static final int KEYS = 10_000;
  public static final String HEADER_NAME = "trace";
  public static final int HEADER_SIZE = 4;

  private static final int MOST_VALUES = 64;
  private static final int VALUE_BYTES = 4_000_000;

  private final byte[][] keys = new byte[KEYS][];
  private final byte[][] values;
  private final byte[] header = {1, 2, 3, 4};

  public Payload(int size) {
    for (int i = 0; i < KEYS; i++) {
      keys[i] = newKey(i);
    }
    values = new byte[Math.clamp(VALUE_BYTES / size, 4, MOST_VALUES)][];
    long state = 42;
    for (int i = 0; i < values.length; i++) {
      values[i] = new byte[size];
      for (int at = 0; at < size; at++) {
        // the C program's generator: half random, half letters, so that compression has some work
        state = state * 6364136223846793005L + 1442695040888963407L;
        values[i][at] = (at & 8) != 0 ? (byte) (state >>> 56) : (byte) ('a' + (state >>> 56 & 3));
      }
    }
  }

  /** {@code customer-0000042}. Not by a formatter: that would take a tenth of a client's start. */
  private static byte[] newKey(int number) {
    byte[] key = "customer-0000000".getBytes(StandardCharsets.US_ASCII);
    int rest = number;
    for (int at = key.length - 1; rest > 0; at--) {
      key[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return key;
  }

  public byte[] key(long number) {
    return keys[(int) (number % KEYS)];
  }

  public byte[] value(long number) {
    return values[(int) (number % values.length)];
  }

  public byte[] header() {
    return header;
  }
}
