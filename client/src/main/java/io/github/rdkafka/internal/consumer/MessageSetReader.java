package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.bindings.CriticalCalls;
import io.github.rdkafka.bindings.NativeLibrary;
import io.github.rdkafka.internal.natives.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Reads the records of whole message sets, as they were stored (magic 2) and handed out by a
 * librdkafka with our corrections. Belongs to the consumer's thread.
 *
 * @see <a href="https://kafka.apache.org/documentation/#record">the format of a record</a>
 */
final class MessageSetReader {
  /** Whether the loaded librdkafka has message sets. */
  static final boolean AVAILABLE = NativeLibrary.load().has("rd_kafka_message_msgset");

  private static final int NULL_LENGTH = -1;

  // Automatic, as in MessageReader
  private final Arena arena = Arena.ofAuto();
  private final long baseOffsetAddress = arena.allocate(ValueLayout.JAVA_LONG).address();

  private final WireCursor cursor = new WireCursor();
  private final WireHeaders wireHeaders = new WireHeaders();

  /** How many records a message stands for: one, unless it is a set. */
  static int records(long message) {
    return AVAILABLE ? Math.max(1, CriticalCalls.rd_kafka_message_msgset(message, 0)) : 1;
  }

  static boolean isSet(long message) {
    return AVAILABLE && CriticalCalls.rd_kafka_message_msgset(message, 0) > 0;
  }

  /**
   * Copies the records at {@code message} that are not below {@code fromOffset} to the end of
   * {@code records}.
   *
   * @throws InvalidRecordException if there is something else than records; those before it have
   *     been copied
   */
  void copyTo(FetchedRecords records, long message, long fromOffset, MessageReader reader) {
    records.expect(CriticalCalls.rd_kafka_message_msgset(message, baseOffsetAddress));
    long timestamp = reader.timestamp(message);
    copyTo(
        records,
        MessageReader.payload(message),
        MessageReader.payloadLength(message),
        Memory.int64(baseOffsetAddress),
        fromOffset,
        timestamp,
        reader.timestampType(),
        CriticalCalls.rd_kafka_message_leader_epoch(message));
  }

  /** The same for {@code length} bytes at {@code begin}. */
  void copyTo(
      FetchedRecords records,
      long begin,
      long length,
      long baseOffset,
      long fromOffset,
      long timestamp,
      TimestampType timestampType,
      int leaderEpoch) {
    boolean sameTimestamp = timestampType == TimestampType.LOG_APPEND_TIME;
    long end = begin + length;
    for (long at = begin; at < end; ) {
      cursor.set(at, end);
      int size = cursor.varint();
      if (size < 0 || size > cursor.remaining()) {
        throw malformed("size " + size);
      }
      at = cursor.at() + size;
      cursor.set(cursor.at() + 1 /* attributes, of which there are none */, at);
      long timestampDelta = cursor.varlong();
      int offsetDelta = cursor.varint();
      if (timestampDelta == WireCursor.MALFORMED_LONG || offsetDelta < 0) {
        throw malformed("offset delta " + offsetDelta);
      }
      long offset = baseOffset + offsetDelta;
      if (offset < fromOffset) {
        continue;
      }
      fromOffset = offset + 1;
      byte[] key = bytes();
      byte[] value = bytes();
      RecordHeaders headers = headers();
      records.add(
          offset,
          sameTimestamp ? timestamp : timestamp + timestampDelta,
          timestampType,
          key,
          value,
          headers,
          headers == null ? 0 : wireHeaders.bytes(),
          leaderEpoch);
    }
  }

  private byte[] bytes() {
    int length = cursor.varint();
    if (length == NULL_LENGTH) {
      return null;
    }
    if (length < 0 || length > cursor.remaining()) {
      throw malformed("length " + length);
    }
    byte[] bytes = Memory.bytes(cursor.at(), length);
    cursor.skip(length);
    return bytes;
  }

  /** Those in the rest of the record; null when there are none. */
  private RecordHeaders headers() {
    if (cursor.remaining() == 1 && Memory.ALL.get(ValueLayout.JAVA_BYTE, cursor.at()) == 0) {
      return null;
    }
    RecordHeaders headers = wireHeaders.read(cursor.at(), cursor.remaining());
    if (headers == null) {
      throw malformed("headers");
    }
    return headers;
  }

  private static InvalidRecordException malformed(String what) {
    return new InvalidRecordException("Found invalid record: " + what);
  }
}
