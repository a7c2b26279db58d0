package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.bindings.CriticalCalls;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_message_t;
import io.github.rdkafka.internal.natives.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Reads {@code rd_kafka_message_t} by address. Belongs to the consumer's thread. */
final class MessageReader {
  private static final long ERROR = rd_kafka_message_t.err$offset();
  private static final long TOPIC = rd_kafka_message_t.rkt$offset();
  private static final long PARTITION = rd_kafka_message_t.partition$offset();
  private static final long PAYLOAD = rd_kafka_message_t.payload$offset();
  private static final long LENGTH = rd_kafka_message_t.len$offset();
  private static final long KEY = rd_kafka_message_t.key$offset();
  private static final long KEY_LENGTH = rd_kafka_message_t.key_len$offset();
  private static final long OFFSET = rd_kafka_message_t.offset$offset();

  private static final int LOG_APPEND_TIME = RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME();
  private static final int CREATE_TIME = RD_KAFKA_TIMESTAMP_CREATE_TIME();

  /** What the lengths of a header's name and value take. */
  private static final int HEADER_LENGTHS = 2;

  // Automatic: a call with a segment of a shared arena takes two atomic steps more for each.
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment headerList = arena.allocate(ValueLayout.ADDRESS);
  private final long headerListAddress = headerList.address();
  private final long headerNameAddress = arena.allocate(ValueLayout.ADDRESS).address();
  private final long headerValueAddress = arena.allocate(ValueLayout.ADDRESS).address();
  private final long headerSizeAddress = arena.allocate(ValueLayout.JAVA_LONG).address();
  private final long timestampTypeAddress = arena.allocate(ValueLayout.JAVA_INT).address();

  private final WireHeaders wireHeaders = new WireHeaders();

  /** Of the headers read last. */
  private int headerBytes;

  static int error(long message) {
    return Memory.int32(message + ERROR);
  }

  /** The address of the topic's handle; 0 if there is none, which only errors may have. */
  static long topicHandle(long message) {
    return Memory.address(message + TOPIC);
  }

  static String topicName(long topicHandle) {
    return Memory.string(CriticalCalls.rd_kafka_topic_name(topicHandle));
  }

  static int partition(long message) {
    return Memory.int32(message + PARTITION);
  }

  static long offset(long message) {
    return Memory.int64(message + OFFSET);
  }

  static long payload(long message) {
    return Memory.address(message + PAYLOAD);
  }

  static long payloadLength(long message) {
    return Memory.int64(message + LENGTH);
  }

  /** The message's timestamp, whose type is then {@link #timestampType}. */
  long timestamp(long message) {
    return CriticalCalls.rd_kafka_message_timestamp(message, timestampTypeAddress);
  }

  /** Of the timestamp read last. */
  TimestampType timestampType() {
    int type = Memory.int32(timestampTypeAddress);
    if (type == CREATE_TIME) {
      return TimestampType.CREATE_TIME;
    }
    return type == LOG_APPEND_TIME
        ? TimestampType.LOG_APPEND_TIME
        : TimestampType.NO_TIMESTAMP_TYPE;
  }

  /** What an error message says. */
  static String errorText(long message) {
    return Memory.string(payload(message), payloadLength(message));
  }

  /** Copies the record at {@code message} to the end of {@code records}. */
  void copyTo(FetchedRecords records, long message) {
    long timestamp = timestamp(message);
    long value = payload(message);
    long valueLength = payloadLength(message);
    records.add(
        offset(message),
        timestamp,
        timestampType(),
        Memory.bytes(Memory.address(message + KEY), Memory.int64(message + KEY_LENGTH)),
        Memory.bytes(value, valueLength),
        headers(message, value, valueLength),
        headerBytes,
        CriticalCalls.rd_kafka_message_leader_epoch(message));
  }

  /** Null when there are none. */
  private RecordHeaders headers(long message, long value, long valueLength) {
    if (WireHeaders.areNone(message, value, valueLength)) {
      headerBytes = 0;
      return null;
    }
    RecordHeaders read = wireHeaders.read(message, value, valueLength);
    if (read != null) {
      headerBytes = wireHeaders.bytes();
      return read;
    }
    return parsedHeaders(message);
  }

  private RecordHeaders parsedHeaders(long message) {
    headerBytes = 0;
    if (rd_kafka_message_headers(MemorySegment.ofAddress(message), headerList) != 0) {
      return null;
    }
    RecordHeaders headers = new RecordHeaders();
    long list = Memory.address(headerListAddress);
    for (long i = 0;
        CriticalCalls.rd_kafka_header_get_all(
                list, i, headerNameAddress, headerValueAddress, headerSizeAddress)
            == 0;
        i++) {
      String name = Memory.string(Memory.address(headerNameAddress));
      byte[] value =
          Memory.bytes(Memory.address(headerValueAddress), Memory.int64(headerSizeAddress));
      headers.add(name, value);
      headerBytes += HEADER_LENGTHS + name.length() + (value == null ? 0 : value.length);
    }
    return headers;
  }
}
