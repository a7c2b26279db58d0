package io.github.rdkafka.internal.consumer;

import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * Records of one partition, copied out of librdkafka and not yet deserialized: one array per field
 * instead of one object per record. A ring, read at its head.
 *
 * <p>With G1 each reference that is stored in an old object costs a memory barrier. So those to
 * what was just copied are kept in arrays that are replaced before they grow old.
 */
final class FetchedRecords {
  private static final int INITIAL = 64;

  /** Arrays that are larger are given up when nothing is in them. */
  private static final int LARGE = 16_384;

  /** How many records are believed to come. */
  private static final int MOST_EXPECTED = 65_536;

  private static final int NO_EPOCH = -1;

  /** Length, attributes, differences of time and offset, number of headers. */
  private static final int OVERHEAD = 7;

  private long[] offsets = new long[INITIAL];
  private long[] timestamps = new long[INITIAL];
  private byte[] timestampTypes = new byte[INITIAL];
  private byte[][] keys = new byte[INITIAL][];
  private byte[][] values = new byte[INITIAL][];
  private RecordHeaders[] headers = new RecordHeaders[INITIAL];
  private int[] epochs = new int[INITIAL];
  private int[] sizes = new int[INITIAL];
  private int head;
  private int size;

  /** Since the arrays of references were replaced. */
  private int added;

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

  /** Makes room for about {@code count} more records at once. */
  void expect(int count) {
    int wanted = size + Math.min(count, MOST_EXPECTED);
    if (wanted > offsets.length) {
      resize(Integer.highestOneBit(wanted - 1) << 1);
    }
  }

  /**
   * Adds a record at the end.
   *
   * @param recordHeaders null for none
   */
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
      resize(offsets.length * 2);
    } else if (added >= offsets.length) {
      renew();
    }
    int at = index(size);
    offsets[at] = offset;
    timestamps[at] = timestamp;
    timestampTypes[at] = (byte) timestampType.id;
    if (key != null) {
      keys[at] = key;
    }
    if (value != null) {
      values[at] = value;
    }
    if (recordHeaders != null) {
      headers[at] = recordHeaders;
    }
    epochs[at] = leaderEpoch;
    sizes[at] = OVERHEAD + sized(key) + sized(value) + headerBytes;
    bytes += sizes[at];
    size++;
    added++;
  }

  long offset() {
    return offsets[head];
  }

  long timestamp() {
    return timestamps[head];
  }

  TimestampType timestampType() {
    byte id = timestampTypes[head];
    if (id == TimestampType.CREATE_TIME.id) {
      return TimestampType.CREATE_TIME;
    }
    return id == TimestampType.LOG_APPEND_TIME.id
        ? TimestampType.LOG_APPEND_TIME
        : TimestampType.NO_TIMESTAMP_TYPE;
  }

  byte[] key() {
    return keys[head];
  }

  byte[] value() {
    return values[head];
  }

  /** The head's headers; where there are none, a new object with each call. */
  RecordHeaders headers() {
    RecordHeaders present = headers[head];
    return present == null ? new RecordHeaders() : present;
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
    if (size == 0 && offsets.length > LARGE) {
      resize(INITIAL);
    }
  }

  void clear() {
    head = 0;
    size = 0;
    bytes = 0;
    if (offsets.length > LARGE) {
      resize(INITIAL);
    } else {
      Arrays.fill(keys, null);
      Arrays.fill(values, null);
      Arrays.fill(headers, null);
    }
  }

  private void renew() {
    keys = keys.clone();
    values = values.clone();
    headers = headers.clone();
    added = 0;
  }

  private int index(int distance) {
    return (head + distance) & (offsets.length - 1);
  }

  private static int sized(byte[] array) {
    return array == null ? 1 : ByteUtils.sizeOfVarint(array.length) + array.length;
  }

  /** Moves what is held to arrays of another capacity, a power of two. */
  private void resize(int capacity) {
    int[] order = new int[size];
    Arrays.setAll(order, this::index);
    long[] newOffsets = new long[capacity];
    long[] newTimestamps = new long[capacity];
    byte[] newTypes = new byte[capacity];
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
    added = 0;
  }
}
