package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.NativeClient;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Answers the assignment that a consumer may still be asked for when it is destroyed without having
 * left its group: librdkafka waits for that answer, for ever and in a busy loop, and asks anew
 * whenever the group moves.
 *
 * <p>After a fatal error it asks no more and takes any answer for "nothing", so there has to be
 * one. Nobody is told of it: the event loop has ended.
 */
final class LastAnswer implements AutoCloseable {
  private final NativeClient client;

  LastAnswer(NativeClient client) {
    this.client = client;
  }

  @Override
  public void close() {
    if (rd_kafka_consumer_closed(client.segment()) != 0) {
      return;
    }
    try (Arena scratch = Arena.ofConfined()) {
      rd_kafka_test_fatal_error(
          client.segment(), RD_KAFKA_RESP_ERR__DESTROY(), scratch.allocateFrom("closed"));
    }
    rd_kafka_assign(client.segment(), MemorySegment.NULL);
  }
}
