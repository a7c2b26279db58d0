package io.github.rdkafka.internal.consumer;

/**
 * How long one attempt of a look-up may take: short at first, because a request can be lost with a
 * connection that librdkafka is just replacing, then longer, for brokers that are slow.
 */
final class AttemptTimeout {
  private static final int FIRST_MILLIS = 2000;

  private final int longestMillis;
  private int millis;

  AttemptTimeout(int longestMillis) {
    this.longestMillis = longestMillis;
    reset();
  }

  int millis() {
    return millis;
  }

  void failed() {
    millis = (int) Math.min(longestMillis, 2L * millis);
  }

  void reset() {
    millis = Math.min(FIRST_MILLIS, longestMillis);
  }
}
