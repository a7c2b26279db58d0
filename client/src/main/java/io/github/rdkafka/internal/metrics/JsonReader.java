package io.github.rdkafka.internal.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads JSON value by value out of a buffer, without making objects: strings are those of a {@link
 * NameTable}. Knows what librdkafka writes: objects, strings without escapes, whole numbers,
 * booleans.
 */
final class JsonReader {
  private final NameTable names = new NameTable();
  private byte[] json;
  private int end;
  private int at;

  /** Begins anew. */
  void reset(byte[] text, int length) {
    json = text;
    end = length;
    at = 0;
  }

  /**
   * Moves behind the next place where the text has {@code marker}.
   *
   * @throws IllegalArgumentException if there is none
   */
  void seek(byte[] marker) {
    for (int i = at; i <= end - marker.length; i++) {
      int j = 0;
      while (j < marker.length && json[i + j] == marker[j]) {
        j++;
      }
      if (j == marker.length) {
        at = i + j;
        return;
      }
    }
    throw new IllegalArgumentException("no " + new String(marker, UTF_8));
  }

  void beginObject() {
    expect('{');
  }

  /** The name of the object's next field, or null at the object's end, which is passed. */
  String nextName() {
    int next = peek();
    if (next == ',') {
      at++;
      next = peek();
    }
    if (next == '}') {
      at++;
      return null;
    }
    String name = string();
    expect(':');
    return name;
  }

  String string() {
    expect('"');
    int start = at;
    while (at < end && json[at] != '"') {
      at++;
    }
    String value = names.get(json, start, at - start);
    expect('"');
    return value;
  }

  /** A whole number; what follows its point, if there is one, is passed over. */
  long number() {
    boolean negative = peek() == '-';
    if (negative) {
      at++;
    }
    int start = at;
    long value = 0;
    while (at < end && json[at] >= '0' && json[at] <= '9') {
      value = value * 10 + (json[at++] - '0');
    }
    if (at == start) {
      throw unexpected();
    }
    if (at < end && json[at] == '.') {
      skipPlain();
    }
    return negative ? -value : value;
  }

  /** Passes over any value. */
  void skip() {
    int next = peek();
    if (next == '{') {
      beginObject();
      while (skipName()) {
        skip();
      }
    } else if (next == '"') {
      skipString();
    } else {
      skipPlain();
    }
  }

  private boolean skipName() {
    int next = peek();
    if (next == ',') {
      at++;
      next = peek();
    }
    if (next == '}') {
      at++;
      return false;
    }
    skipString();
    expect(':');
    return true;
  }

  private void skipString() {
    expect('"');
    while (at < end && json[at] != '"') {
      at++;
    }
    expect('"');
  }

  private void skipPlain() {
    int start = at;
    while (at < end && json[at] != ',' && json[at] != '}' && json[at] != ' ') {
      at++;
    }
    if (at == start) {
      throw unexpected();
    }
  }

  private void expect(char expected) {
    if (peek() != expected) {
      throw unexpected();
    }
    at++;
  }

  /** The next byte that is no space. */
  private int peek() {
    while (at < end && json[at] == ' ') {
      at++;
    }
    if (at >= end) {
      throw new IllegalArgumentException("the text ends too early");
    }
    return json[at];
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException(
        "unexpected text at " + at + ": " + new String(json, at, Math.min(20, end - at), UTF_8));
  }
}
