package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import java.lang.foreign.MemorySegment;

/**
 * What an {@code rd_kafka_error_t} said.
 *
 * @param code librdkafka's error code, never 0
 */
public record NativeError(
    int code, String message, boolean fatal, boolean retriable, boolean requiresAbort) {

  /** Reads and destroys {@code error}; null for the null pointer, which means success. */
  public static NativeError take(MemorySegment error) {
    if (error.address() == 0) {
      return null;
    }
    try {
      return new NativeError(
          rd_kafka_error_code(error),
          Memory.string(rd_kafka_error_string(error)),
          rd_kafka_error_is_fatal(error) != 0,
          rd_kafka_error_is_retriable(error) != 0,
          rd_kafka_error_txn_requires_abort(error) != 0);
    } finally {
      rd_kafka_error_destroy(error);
    }
  }
}
