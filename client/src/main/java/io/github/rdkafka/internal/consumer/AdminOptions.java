package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.LiveObjects;
import io.github.rdkafka.internal.natives.Memory;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.NativeError;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Owner of an {@code rd_kafka_AdminOptions_t}; also what all administrative answers share. */
final class AdminOptions implements AutoCloseable {
  private final MemorySegment options;

  /**
   * @param operation {@code RD_KAFKA_ADMIN_OP_*}
   * @param opaque comes back with the answer
   * @param timeoutMillis after which librdkafka answers that it has waited in vain
   */
  AdminOptions(NativeClient client, int operation, MemorySegment opaque, int timeoutMillis) {
    options = rd_kafka_AdminOptions_new(client.segment(), operation);
    LiveObjects.created();
    rd_kafka_AdminOptions_set_opaque(options, opaque);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(512);
      rd_kafka_AdminOptions_set_request_timeout(options, timeoutMillis, error, error.byteSize());
    }
  }

  MemorySegment segment() {
    return options;
  }

  /** Throws what setting an option failed with. */
  static void check(MemorySegment error) {
    NativeError taken = NativeError.take(error);
    if (taken != null) {
      throw KafkaErrors.exception(taken.code(), taken.message());
    }
  }

  /** Throws what {@code event}, an administrative answer, says of the whole request. */
  static void checkEvent(MemorySegment event) {
    int error = rd_kafka_event_error(event);
    if (error != 0) {
      throw KafkaErrors.exception(error, Memory.string(rd_kafka_event_error_string(event)));
    }
  }

  @Override
  public void close() {
    rd_kafka_AdminOptions_destroy(options);
    LiveObjects.destroyed();
  }
}
