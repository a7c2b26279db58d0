package io.github.rdkafka.internal.consumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On batches as Kafka writes them, compared with what Kafka reads out of them. */
class MessageSetReaderTest {
  private static final long BASE_OFFSET = 1L << 40;
  private static final long APPENDED_AT = 1_700_000_000_000L;
  private static final int EPOCH = 7;

  private final Arena arena = Arena.ofConfined();
  private final MessageSetReader reader = new MessageSetReader();
  private final FetchedRecords fetched = new FetchedRecords();

  @AfterEach
  void free() {
    arena.close();
  }

  @ParameterizedTest
  @EnumSource(names = "NO_TIMESTAMP_TYPE", mode = EnumSource.Mode.EXCLUDE)
  void readsWhatKafkaReads(TimestampType type) {
    for (int seed = 0; seed < 50; seed++) {
      RecordBatch batch = batch(new Random(seed), 200, type);
      read(batch, BASE_OFFSET);
      int count = 0;
      for (Record record : batch) {
        assertHead(record, type);
        count++;
      }
      assertEquals(batch.countOrNull(), count);
      assertTrue(fetched.isEmpty());
    }
  }

  @Test
  void leavesOutWhatIsBelow() {
    RecordBatch batch = batch(new Random(1), 100, TimestampType.CREATE_TIME);
    long from = BASE_OFFSET + 60;
    read(batch, from);
    for (Record record : batch) {
      if (record.offset() >= from) {
        assertHead(record, TimestampType.CREATE_TIME);
      }
    }
    assertTrue(fetched.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void saysWhatIsCutOff(int seed) {
    byte[] records = records(batch(new Random(seed), 5, TimestampType.CREATE_TIME));
    int whole = 0;
    for (int length = 1; length <= records.length; length++) {
      byte[] cut = Arrays.copyOf(records, length);
      fetched.clear();
      try {
        read(cut, BASE_OFFSET);
        whole++;
        assertEquals(whole, fetched.size());
      } catch (InvalidRecordException expected) {
        assertEquals(whole, fetched.size(), "those before it");
      }
    }
    assertEquals(5, whole);
  }

  @Test
  void readsNothingElseWhateverItFinds() {
    Random random = new Random(2);
    byte[] records = records(batch(random, 20, TimestampType.CREATE_TIME));
    int malformed = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = records.clone();
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      fetched.clear();
      try {
        read(changed, BASE_OFFSET);
      } catch (InvalidRecordException expected) {
        malformed++;
      }
      assertTrue(sizeOfFetched() <= changed.length);
    }
    assertTrue(malformed > 100, malformed + " were malformed");
  }

  @Test
  void saysWhatIsNoNumber() {
    byte[] endless = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    assertThrows(InvalidRecordException.class, () -> read(endless, BASE_OFFSET));
    byte[] negative = {1, 0, 0, 0};
    assertThrows(InvalidRecordException.class, () -> read(negative, BASE_OFFSET));
    // a record of 5 bytes whose key is said to have 60
    byte[] tooLong = {10, 0, 0, 0, 120, 0, 0, 0};
    assertThrows(InvalidRecordException.class, () -> read(tooLong, BASE_OFFSET));
  }

  private long sizeOfFetched() {
    long size = 0;
    for (; !fetched.isEmpty(); fetched.removeHead()) {
      size += fetched.key() == null ? 0 : fetched.key().length;
      size += fetched.value() == null ? 0 : fetched.value().length;
      for (Header header : fetched.headers()) {
        size += header.key().length() + (header.value() == null ? 0 : header.value().length);
      }
    }
    return size;
  }

  private void assertHead(Record record, TimestampType type) {
    assertEquals(record.offset(), fetched.offset());
    assertEquals(
        type == TimestampType.LOG_APPEND_TIME ? APPENDED_AT : record.timestamp(),
        fetched.timestamp());
    assertEquals(type, fetched.timestampType());
    assertArrayEquals(bytes(record.key()), fetched.key());
    assertArrayEquals(bytes(record.value()), fetched.value());
    assertArrayEquals(record.headers(), fetched.headers().toArray());
    assertEquals(Optional.of(EPOCH), fetched.leaderEpoch());
    fetched.removeHead();
  }

  private void read(RecordBatch batch, long fromOffset) {
    boolean appendTime = batch.timestampType() == TimestampType.LOG_APPEND_TIME;
    read(
        records(batch),
        fromOffset,
        appendTime ? batch.maxTimestamp() : baseTimestamp(batch),
        batch.timestampType());
  }

  private void read(byte[] records, long fromOffset) {
    read(records, fromOffset, APPENDED_AT, TimestampType.CREATE_TIME);
  }

  private void read(byte[] records, long fromOffset, long timestamp, TimestampType type) {
    MemorySegment memory = arena.allocate(records.length);
    memory.copyFrom(MemorySegment.ofArray(records));
    reader.copyTo(
        fetched, memory.address(), records.length, BASE_OFFSET, fromOffset, timestamp, type, EPOCH);
  }

  private static long baseTimestamp(RecordBatch batch) {
    ByteBuffer bytes = ByteBuffer.allocate(batch.sizeInBytes());
    batch.writeTo(bytes);
    return bytes.getLong(27);
  }

  /** Those of the batch, without its header. */
  private static byte[] records(RecordBatch batch) {
    ByteBuffer bytes = ByteBuffer.allocate(batch.sizeInBytes());
    batch.writeTo(bytes);
    bytes.flip().position(61);
    return Utils.toArray(bytes);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    return buffer == null ? null : Utils.toArray(buffer);
  }

  /** With gaps between the offsets, as compaction leaves them, and timestamps in any order. */
  private static RecordBatch batch(Random random, int size, TimestampType type) {
    MemoryRecordsBuilder builder =
        new MemoryRecordsBuilder(
            ByteBuffer.allocate(1024),
            RecordBatch.MAGIC_VALUE_V2,
            Compression.NONE,
            type,
            BASE_OFFSET,
            APPENDED_AT,
            RecordBatch.NO_PRODUCER_ID,
            RecordBatch.NO_PRODUCER_EPOCH,
            RecordBatch.NO_SEQUENCE,
            false,
            false,
            EPOCH,
            Integer.MAX_VALUE);
    long offset = BASE_OFFSET;
    for (int i = 0; i < size; i++) {
      long timestamp = APPENDED_AT + random.nextInt(-100_000, 100_000);
      builder.appendWithOffset(
          offset, timestamp, maybeBytes(random), maybeBytes(random), headers(random));
      offset += random.nextInt(4) == 0 ? random.nextInt(1, 100) : 1;
    }
    MemoryRecords records = builder.build();
    return records.batches().iterator().next();
  }

  private static byte[] maybeBytes(Random random) {
    int length =
        switch (random.nextInt(10)) {
          case 0 -> -1;
          case 1 -> 0;
          case 2 -> random.nextInt(60, 70);
          case 3 -> random.nextInt(5000);
          default -> random.nextInt(20);
        };
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Header[] headers(Random random) {
    List<Header> headers = new ArrayList<>();
    for (int i = random.nextInt(3) == 0 ? random.nextInt(1, 5) : 0; i > 0; i--) {
      headers.add(new RecordHeader("header-" + i, maybeBytes(random)));
    }
    return headers.toArray(Header[]::new);
  }
}
