package io.github.rdkafka.internal.producer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.internal.natives.NativeClient;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records on their way to a real librdkafka that has no broker and takes 1,000 bytes at most. */
class PackedRecordsTest {
  private final PackedRecords records = new PackedRecords();
  private MemorySegment client;
  private MemorySegment topic;

  @BeforeAll
  static void load() {
    NativeClient.loadLibrary();
  }

  @BeforeEach
  void open() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment conf = rd_kafka_conf_new();
      MemorySegment error = arena.allocate(512);
      int set =
          rd_kafka_conf_set(
              conf,
              arena.allocateFrom("message.max.bytes"),
              arena.allocateFrom("1000"),
              error,
              512);
      assertEquals(RD_KAFKA_CONF_OK(), set, error.getString(0));
      client = rd_kafka_new(RD_KAFKA_PRODUCER(), conf, error, 512);
      topic = rd_kafka_topic_new(client, arena.allocateFrom("topic"), MemorySegment.NULL);
    }
  }

  @AfterEach
  void close() {
    records.close();
    rd_kafka_topic_destroy(topic);
    rd_kafka_destroy(client);
  }

  private void add(int size, long opaque) {
    byte[] value = new byte[size];
    records.add(topic.address(), 0, null, value, HeaderBytes.NONE, 1, opaque);
  }

  @Test
  void refusalsAreTold() {
    List<Long> refused = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      add(10, 1);
      add(2_000, 2);
      add(10, 3);
      add(3_000, 4);
      assertFalse(records.isEmpty());
      records.produce(
          client,
          (opaque, error) -> {
            assertEquals(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE(), error);
            refused.add(opaque);
          });
      assertTrue(records.isEmpty());
      assertFalse(records.isFull());
    }
    assertEquals(List.of(2L, 4L, 2L, 4L), refused);
    assertEquals(4, rd_kafka_outq_len(client));
  }

  /** As when there is no memory to note a refusal. */
  @Test
  void whatWasBegunIsEndedOnce() {
    add(10, 1);
    add(2_000, 2);
    add(10, 3);
    add(3_000, 4);
    List<Long> refused = new ArrayList<>();
    PackedRecords.RefusalListener failing =
        (opaque, error) -> {
          if (refused.size() == 1) {
            throw new IllegalStateException("once");
          }
          refused.add(opaque);
        };
    assertThrows(IllegalStateException.class, () -> records.produce(client, failing));
    assertTrue(records.isFull());
    assertFalse(records.isEmpty());

    records.produce(client, (opaque, error) -> refused.add(opaque));
    assertTrue(records.isEmpty());
    assertFalse(records.isFull());
    assertEquals(List.of(2L, 4L), refused);
    assertEquals(2, rd_kafka_outq_len(client));
  }
}
