package io.github.rdkafka.internal.consumer;

import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * Records of one partition, copied out of librdkafka and not yet deserialized: one array per field
 * instead of one object per record. A ring, read at its head.
 */
final class FetchedRecords {
  private static final int INITIAL = 64;
  private static final int NO_EPOCH = -1;

  /** Length, attributes, differences of time and offset, number of headers. */
  private static final int OVERHEAD = 7;

  private long[] offsets = new long[INITIAL];
  private long[] timestamps = new long[INITIAL];
  private TimestampType[] timestampTypes = new TimestampType[INITIAL];
  private byte[][] keys = new byte[INITIAL][];
  private byte[][] values = new byte[INITIAL][];
  private RecordHeaders[] headers = new RecordHeaders[INITIAL];
  private int[] epochs = new int[INITIAL];
  private int[] sizes = new int[INITIAL];
  private int head;
  private int size;
  private long bytes;
  private int lastEpoch = NO_EPOCH;
  private Optional<Integer> lastEpochObject = Optional.empty();

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** About how many bytes the records held were in their batches, uncompressed. */
  long bytes() {
    return bytes;
  }

  /** One more than the newest offset held; only when not empty. */
  long nextOffset() {
    return offsets[index(size - 1)] + 1;
  }

  void add(
      long offset,
      long timestamp,
      TimestampType timestampType,
      byte[] key,
      byte[] value,
      RecordHeaders recordHeaders,
      int headerBytes,
      int leaderEpoch) {
    if (size == offsets.length) {
      grow();
    }
    int at = index(size);
    offsets[at] = offset;
    timestamps[at] = timestamp;
    timestampTypes[at] = timestampType;
    keys[at] = key;
    values[at] = value;
    headers[at] = recordHeaders;
    epochs[at] = leaderEpoch;
    sizes[at] = OVERHEAD + sized(key) + sized(value) + headerBytes;
    bytes += sizes[at];
    size++;
  }

  long offset() {
    return offsets[head];
  }

  long timestamp() {
    return timestamps[head];
  }

  TimestampType timestampType() {
    return timestampTypes[head];
  }

  byte[] key() {
    return keys[head];
  }

  byte[] value() {
    return values[head];
  }

  RecordHeaders headers() {
    return headers[head];
  }

  /** The head's leader epoch; the object is shared by records that have the same one. */
  Optional<Integer> leaderEpoch() {
    int epoch = epochs[head];
    if (epoch < 0) {
      return Optional.empty();
    }
    if (lastEpoch != epoch) {
      lastEpoch = epoch;
      lastEpochObject = Optional.of(epoch);
    }
    return lastEpochObject;
  }

  void removeHead() {
    bytes -= sizes[head];
    keys[head] = null;
    values[head] = null;
    headers[head] = null;
    head = (head + 1) & (offsets.length - 1);
    size--;
  }

  void clear() {
    Arrays.fill(keys, null);
    Arrays.fill(values, null);
    Arrays.fill(headers, null);
    head = 0;
    size = 0;
    bytes = 0;
  }

  private int index(int distance) {
    return (head + distance) & (offsets.length - 1);
  }

  private static int sized(byte[] array) {
    return array == null ? 1 : ByteUtils.sizeOfVarint(array.length) + array.length;
  }

  private void grow() {
    int[] order = new int[size];
    Arrays.setAll(order, this::index);
    int capacity = offsets.length * 2;
    long[] newOffsets = new long[capacity];
    long[] newTimestamps = new long[capacity];
    TimestampType[] newTypes = new TimestampType[capacity];
    byte[][] newKeys = new byte[capacity][];
    byte[][] newValues = new byte[capacity][];
    RecordHeaders[] newHeaders = new RecordHeaders[capacity];
    int[] newEpochs = new int[capacity];
    int[] newSizes = new int[capacity];
    for (int i = 0; i < size; i++) {
      newOffsets[i] = offsets[order[i]];
      newTimestamps[i] = timestamps[order[i]];
      newTypes[i] = timestampTypes[order[i]];
      newKeys[i] = keys[order[i]];
      newValues[i] = values[order[i]];
      newHeaders[i] = headers[order[i]];
      newEpochs[i] = epochs[order[i]];
      newSizes[i] = sizes[order[i]];
    }
    offsets = newOffsets;
    timestamps = newTimestamps;
    timestampTypes = newTypes;
    keys = newKeys;
    values = newValues;
    headers = newHeaders;
    epochs = newEpochs;
    sizes = newSizes;
    head = 0;
  }
}
