package io.github.rdkafka.internal.consumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.ByteUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On bytes as Kafka writes them, behind a value, in a message with librdkafka's layout. */
class WireHeadersTest {
  private static final int VALUE_LENGTH = 3;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment message = arena.allocate(176, 8);
  private final WireHeaders wire = new WireHeaders();
  private long value;

  @AfterEach
  void free() {
    arena.close();
  }

  @Test
  void readsWhatKafkaWrites() {
    RecordHeaders sent = new RecordHeaders();
    sent.add("trace", new byte[] {1, 2, 3});
    sent.add("", new byte[0]);
    sent.add("null", null);
    sent.add("größer\0als", new byte[300]);
    sent.add("trace", new byte[] {4});
    byte[] bytes = written(sent);
    place(bytes);
    assertSame(sent, read());
    assertEquals(bytes.length - 1, wire.bytes());
  }

  @Test
  void manyHeaders() {
    RecordHeaders sent = new RecordHeaders();
    for (int i = 0; i < 1000; i++) {
      sent.add("name" + i, new byte[] {(byte) i});
    }
    place(written(sent));
    assertSame(sent, read());
  }

  @Test
  void none() {
    place(new byte[] {0});
    RecordHeaders read = read();
    assertNotNull(read);
    assertEquals(0, read.toArray().length);
    assertEquals(0, wire.bytes());
    assertTrue(areNone());
  }

  @Test
  void noneOnlyWhereThatIsCertain() {
    place(new byte[] {2, 2, 'a', 0});
    assertFalse(areNone());
    place(new byte[] {0, 0});
    assertFalse(areNone(), "one byte more");
    place(new byte[] {1});
    assertFalse(areNone(), "-1 headers");
    place(new byte[] {0});
    assertFalse(WireHeaders.areNone(message.address(), value + 1, VALUE_LENGTH), "elsewhere");
    assertFalse(WireHeaders.areNone(message.address(), 0, 0), "no value to begin behind");
    message.set(ValueLayout.JAVA_INT, 120, 0);
    assertFalse(areNone(), "the message's format has none");
  }

  @Test
  void whatEndsTooSoonOrTooLateIsLeftToLibrdkafka() {
    RecordHeaders sent = new RecordHeaders();
    sent.add("trace", new byte[] {1, 2, 3});
    byte[] bytes = written(sent);
    for (int length = 1; length < bytes.length; length++) {
      place(Arrays.copyOf(bytes, length));
      assertNull(read(), "cut to " + length);
    }
    place(Arrays.copyOf(bytes, bytes.length + 1));
    assertNull(read(), "one byte more");
  }

  @Test
  void lengthsThatCannotBeAreLeftToLibrdkafka() {
    place(new byte[] {1}); // -1 headers
    assertNull(read());
    place(new byte[] {2, 1, 0}); // a name of -1 bytes
    assertNull(read());
    place(new byte[] {2, 0, 3}); // a value of -2 bytes
    assertNull(read());
    place(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 1});
    assertNull(read());
  }

  @Test
  void otherLayoutsAreLeftToLibrdkafka() {
    place(new byte[] {0});
    assertNull(wire.read(message.address(), value + 1, VALUE_LENGTH), "they begin elsewhere");
    assertNull(wire.read(message.address(), 0, 0), "there is no value to begin behind");
    message.set(ValueLayout.JAVA_INT, 120, 0);
    assertNull(read(), "the message's format has none");
  }

  private boolean areNone() {
    return WireHeaders.areNone(message.address(), value, VALUE_LENGTH);
  }

  private RecordHeaders read() {
    return wire.read(message.address(), value, VALUE_LENGTH);
  }

  private void place(byte[] headers) {
    MemorySegment batch = arena.allocate(VALUE_LENGTH + headers.length);
    value = batch.address();
    MemorySegment.copy(headers, 0, batch, ValueLayout.JAVA_BYTE, VALUE_LENGTH, headers.length);
    message.set(ValueLayout.JAVA_INT, 120, headers.length);
    message.set(ValueLayout.JAVA_LONG, 128, value + VALUE_LENGTH);
  }

  private static byte[] written(RecordHeaders headers) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    Header[] all = headers.toArray();
    ByteUtils.writeVarint(all.length, buffer);
    for (Header header : all) {
      byte[] name = header.key().getBytes(StandardCharsets.UTF_8);
      ByteUtils.writeVarint(name.length, buffer);
      buffer.put(name);
      ByteUtils.writeVarint(header.value() == null ? -1 : header.value().length, buffer);
      if (header.value() != null) {
        buffer.put(header.value());
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static void assertSame(RecordHeaders expected, RecordHeaders read) {
    assertNotNull(read);
    Header[] all = expected.toArray();
    Header[] got = read.toArray();
    assertEquals(all.length, got.length);
    for (int i = 0; i < all.length; i++) {
      assertEquals(all[i].key(), got[i].key());
      assertArrayEquals(all[i].value(), got[i].value());
    }
  }
}
