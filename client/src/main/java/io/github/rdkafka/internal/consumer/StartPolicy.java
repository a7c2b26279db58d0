package io.github.rdkafka.internal.consumer;

import java.time.Duration;
import java.util.Locale;

/** {@code auto.offset.reset}, or what {@code seekToBeginning} and {@code seekToEnd} ask for. */
record StartPolicy(Kind kind, Duration back) {
  enum Kind {
    EARLIEST,
    LATEST,
    BY_DURATION,
    NONE
  }

  static final StartPolicy EARLIEST = new StartPolicy(Kind.EARLIEST, null);
  static final StartPolicy LATEST = new StartPolicy(Kind.LATEST, null);

  private static final String BY_DURATION_PREFIX = "by_duration:";

  /** Parses a value that Kafka's own configuration has accepted. */
  static StartPolicy parse(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (lower.startsWith(BY_DURATION_PREFIX)) {
      return new StartPolicy(
          Kind.BY_DURATION, Duration.parse(value.substring(BY_DURATION_PREFIX.length())));
    }
    return switch (lower) {
      case "earliest" -> EARLIEST;
      case "latest" -> LATEST;
      default -> new StartPolicy(Kind.NONE, null);
    };
  }

  /** The ListOffsets query of this policy: a logical offset, or a timestamp in milliseconds. */
  long query() {
    return switch (kind) {
      case EARLIEST -> OffsetLookups.EARLIEST;
      case LATEST -> OffsetLookups.LATEST;
      case BY_DURATION -> Math.max(0, System.currentTimeMillis() - back.toMillis());
      case NONE -> throw new IllegalStateException("there is nothing to look up");
    };
  }
}
