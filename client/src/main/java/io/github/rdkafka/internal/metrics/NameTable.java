package io.github.rdkafka.internal.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Strings by their bytes, so that one that comes again and again is made once. */
final class NameTable {
  /** Beyond it strings are made each time; more names than that hardly come back. */
  private static final int MOST = 1 << 15;

  private byte[][] keys = new byte[256][];
  private String[] values = new String[256];
  private int size;

  String get(byte[] bytes, int from, int length) {
    int slot = slot(bytes, from, length);
    String known = values[slot];
    if (known != null) {
      return known;
    }
    String made = new String(bytes, from, length, UTF_8);
    if (size < MOST) {
      keys[slot] = Arrays.copyOfRange(bytes, from, from + length);
      values[slot] = made;
      size++;
      if (size * 2 > keys.length) {
        grow();
      }
    }
    return made;
  }

  private int slot(byte[] bytes, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = hash * 31 + bytes[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (keys.length - 1);
    while (keys[slot] != null
        && !Arrays.equals(keys[slot], 0, keys[slot].length, bytes, from, from + length)) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private void grow() {
    byte[][] oldKeys = keys;
    String[] oldValues = values;
    keys = new byte[oldKeys.length * 2][];
    values = new String[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != null) {
        int slot = slot(oldKeys[i], 0, oldKeys[i].length);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
