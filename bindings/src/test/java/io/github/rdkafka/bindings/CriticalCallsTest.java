package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rdkafka.bindings.librdkafka.rd_kafka_message_s;
import io.github.rdkafka.bindings.librdkafka.rdkafka_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Against the same functions bound by jextract, on a message of a producer that has no broker. */
class CriticalCallsTest {

  private static final int PURGE_DEADLINE_MS = 10_000;

  @Test
  void codesHaveTheNamesThatTheGeneratedBindingGives() {
    NativeLibrary.load();
    for (int code : new int[] {0, rdkafka_h.RD_KAFKA_RESP_ERR__TRANSPORT(), 3, 89}) {
      assertEquals(
          rdkafka_h.rd_kafka_err2name(code).getString(0),
          CriticalCalls.rd_kafka_err2name(code).getString(0));
    }
  }

  @Test
  void noEventIsOfTypeNone() {
    assertEquals(rdkafka_h.RD_KAFKA_EVENT_NONE(), CriticalCalls.rd_kafka_event_type(0));
  }

  @Test
  void readsHeaders() {
    NativeLibrary.load();
    MemorySegment headers = rdkafka_h.rd_kafka_headers_new(2);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_BYTE, new byte[] {7, 8, 9});
      rdkafka_h.rd_kafka_header_add(headers, arena.allocateFrom("trace"), -1, value, 3);
      rdkafka_h.rd_kafka_header_add(headers, arena.allocateFrom("none"), -1, MemorySegment.NULL, 0);
      MemorySegment got = arena.allocate(ValueLayout.JAVA_LONG, 3);

      assertEquals(0, header(headers, 0, got));
      assertEquals("trace", pointer(got, 0).reinterpret(6).getString(0));
      assertEquals(9, pointer(got, 1).reinterpret(3).get(ValueLayout.JAVA_BYTE, 2));
      assertEquals(3, got.getAtIndex(ValueLayout.JAVA_LONG, 2));
      assertEquals(0, header(headers, 1, got));
      assertEquals("none", pointer(got, 0).reinterpret(5).getString(0));
      assertEquals(0, got.getAtIndex(ValueLayout.JAVA_LONG, 1));
      assertEquals(rdkafka_h.RD_KAFKA_RESP_ERR__NOENT(), header(headers, 2, got));
    } finally {
      rdkafka_h.rd_kafka_headers_destroy(headers);
    }
  }

  private static int header(MemorySegment headers, long index, MemorySegment to) {
    return CriticalCalls.rd_kafka_header_get_all(
        headers.address(), index, to.address(), to.address() + 8, to.address() + 16);
  }

  private static MemorySegment pointer(MemorySegment in, long index) {
    return MemorySegment.ofAddress(in.getAtIndex(ValueLayout.JAVA_LONG, index));
  }

  @Test
  void readsADeliveryReport() {
    NativeLibrary.load();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment conf = rdkafka_h.rd_kafka_conf_new();
      rdkafka_h.rd_kafka_conf_set_events(conf, rdkafka_h.RD_KAFKA_EVENT_DR());
      rdkafka_h.rd_kafka_conf_set(
          conf, arena.allocateFrom("log_level"), arena.allocateFrom("3"), MemorySegment.NULL, 0);
      MemorySegment errstr = arena.allocate(512);
      MemorySegment rk = rdkafka_h.rd_kafka_new(rdkafka_h.RD_KAFKA_PRODUCER(), conf, errstr, 512);
      MemorySegment topic =
          rdkafka_h.rd_kafka_topic_new(rk, arena.allocateFrom("orders"), MemorySegment.NULL);
      MemorySegment queue = rdkafka_h.rd_kafka_queue_get_main(rk);
      try {
        rdkafka_h.rd_kafka_produce(
            topic,
            rdkafka_h.RD_KAFKA_PARTITION_UA(),
            rdkafka_h.RD_KAFKA_MSG_F_COPY(),
            arena.allocate(8),
            8,
            MemorySegment.NULL,
            0,
            MemorySegment.NULL);
        rdkafka_h.rd_kafka_purge(rk, rdkafka_h.RD_KAFKA_PURGE_F_QUEUE());
        MemorySegment event = rdkafka_h.rd_kafka_queue_poll(queue, PURGE_DEADLINE_MS);
        try {
          check(event, topic, arena);
        } finally {
          rdkafka_h.rd_kafka_event_destroy(event);
        }
      } finally {
        rdkafka_h.rd_kafka_queue_destroy(queue);
        rdkafka_h.rd_kafka_topic_destroy(topic);
        rdkafka_h.rd_kafka_destroy(rk);
      }
    }
  }

  private static void check(MemorySegment event, MemorySegment topic, Arena arena) {
    assertEquals(rdkafka_h.RD_KAFKA_EVENT_DR(), CriticalCalls.rd_kafka_event_type(event.address()));
    MemorySegment message = rdkafka_h.rd_kafka_event_message_next(event);
    assertEquals(rdkafka_h.RD_KAFKA_RESP_ERR__PURGE_QUEUE(), rd_kafka_message_s.err(message));
    assertEquals("orders", CriticalCalls.rd_kafka_topic_name(topic.address()).getString(0));
    assertEquals(
        rdkafka_h.rd_kafka_message_leader_epoch(message),
        CriticalCalls.rd_kafka_message_leader_epoch(message.address()));
    assertEquals(
        rdkafka_h.rd_kafka_message_errstr(message).getString(0),
        CriticalCalls.rd_kafka_message_errstr(message.address()).getString(0));

    MemorySegment ours = arena.allocate(ValueLayout.JAVA_INT);
    MemorySegment generated = arena.allocate(ValueLayout.JAVA_INT);
    assertEquals(
        rdkafka_h.rd_kafka_message_timestamp(message, generated),
        CriticalCalls.rd_kafka_message_timestamp(message.address(), ours.address()));
    assertEquals(generated.get(ValueLayout.JAVA_INT, 0), ours.get(ValueLayout.JAVA_INT, 0));
  }
}
