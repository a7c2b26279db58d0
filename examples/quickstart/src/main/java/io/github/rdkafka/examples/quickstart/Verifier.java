package io.github.rdkafka.examples.quickstart;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Looks at every record that was read: none may be missing, there twice, damaged, out of order or
 * in a partition where its key does not belong. Not thread-safe.
 */
final class Verifier {
  private final int expected;
  private final BitSet seen;
  private final int[] partitionOfKey = new int[Workload.KEYS];
  private final Map<Integer, Position> positions = new HashMap<>();
  private int count;

  /** What a partition gave last: the next must continue from here. */
  private static final class Position {
    private long offset = -1;
    private int number = -1;
  }

  Verifier(int expected) {
    this.expected = expected;
    this.seen = new BitSet(expected);
    Arrays.fill(partitionOfKey, -1);
  }

  /**
   * @throws QuickstartException if this record is not right
   */
  void accept(ConsumerRecord<String, byte[]> record) {
    int number = checkContent(record);
    checkKey(record, number);
    checkOrder(record, number);
    seen.set(number);
    count++;
  }

  private int checkContent(ConsumerRecord<String, byte[]> record) {
    byte[] value = record.value();
    if (value == null || value.length != Workload.VALUE_SIZE) {
      throw wrong(record, "its value has not %d bytes".formatted(Workload.VALUE_SIZE));
    }
    Header header = record.headers().lastHeader(Workload.CHECKSUM_HEADER);
    if (header == null || header.value() == null || header.value().length != Integer.BYTES) {
      throw wrong(record, "it has no header %s of 4 bytes".formatted(Workload.CHECKSUM_HEADER));
    }
    if (ByteBuffer.wrap(header.value()).getInt() != Workload.checksum(value)) {
      throw wrong(record, "its value has another checksum than its header says");
    }
    int number = Workload.number(value);
    if (number < 0 || number >= expected) {
      throw wrong(record, "number %d was never sent".formatted(number));
    }
    if (seen.get(number)) {
      throw wrong(record, "number %d is there twice".formatted(number));
    }
    return number;
  }

  private void checkKey(ConsumerRecord<String, byte[]> record, int number) {
    String key = Workload.key(number);
    if (!key.equals(record.key())) {
      throw wrong(record, "its key is '%s' and not '%s'".formatted(record.key(), key));
    }
    int slot = number % Workload.KEYS;
    if (partitionOfKey[slot] == -1) {
      partitionOfKey[slot] = record.partition();
    } else if (partitionOfKey[slot] != record.partition()) {
      throw wrong(
          record, "key '%s' was in partition %d before".formatted(key, partitionOfKey[slot]));
    }
  }

  private void checkOrder(ConsumerRecord<String, byte[]> record, int number) {
    Position last = positions.computeIfAbsent(record.partition(), p -> new Position());
    if (record.offset() != last.offset + 1) {
      throw wrong(record, "it comes after offset %d".formatted(last.offset));
    }
    if (number <= last.number) {
      throw wrong(record, "number %d comes after number %d".formatted(number, last.number));
    }
    last.offset = record.offset();
    last.number = number;
  }

  /** How many records were accepted. */
  int count() {
    return count;
  }

  /**
   * @throws QuickstartException if a record is missing
   */
  void finish() {
    if (count < expected) {
      throw new QuickstartException(
          String.format(
              "%d of %d records are missing, the first is number %d",
              expected - count, expected, seen.nextClearBit(0)));
    }
  }

  private static QuickstartException wrong(ConsumerRecord<?, ?> record, String problem) {
    return new QuickstartException(
        "record %s-%d@%d: %s"
            .formatted(record.topic(), record.partition(), record.offset(), problem));
  }
}
