package io.github.rdkafka.internal.producer;

import org.apache.kafka.common.utils.ByteUtils;

/** How many bytes a record takes, in Kafka's count and in ours. */
final class RecordSizes {
  /** What a record costs besides its bytes: librdkafka's message, malloc's share and our future. */
  static final int OVERHEAD = 256;

  private static final int BATCH_HEADER = 61;
  private static final int LARGEST_RECORD_HEADER = 21;

  /** Length, attributes and differences of time and offset in a batch of a usual size. */
  private static final int SMALL_RECORD_HEADER = 6;

  /**
   * What a record adds to a batch beside its bytes, as a librdkafka with our corrections counts.
   */
  private static final int IN_BATCH = 12;

  /** As librdkafka counts it with the headers, though a record without any has it, too. */
  private static final int HEADER_COUNT = 1;

  private static final int NULL_LENGTH = 1;

  private RecordSizes() {}

  /**
   * An upper bound of the size of a batch that holds this one record: the number that Kafka
   * compares with {@code max.request.size} and names in {@code RecordTooLargeException}.
   */
  static int upperBound(byte[] key, byte[] value, HeaderBytes headers) {
    return BATCH_HEADER + LARGEST_RECORD_HEADER + sized(key) + sized(value) + headers.sizeInBatch();
  }

  /** Bytes and their length before them. */
  static int sized(byte[] bytes) {
    return bytes == null ? NULL_LENGTH : ByteUtils.sizeOfVarint(bytes.length) + bytes.length;
  }

  /**
   * What a record adds to its partition's next batch, as librdkafka counts to see whether one is
   * full, and headers.
   */
  static int queued(byte[] key, byte[] value, int upperBound) {
    int headers = upperBound - upperBound(key, value, HeaderBytes.NONE);
    headers += headers > 0 ? HEADER_COUNT : 0;
    return IN_BATCH + length(key) + length(value) + headers;
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** The upper bound of a record with that charge, unless the charge was cut. */
  static int upperBoundOf(int charge) {
    return Math.max(0, charge - OVERHEAD);
  }

  /** About how many bytes a record with that charge is in a batch. */
  static int inBatch(int charge) {
    return Math.max(
        SMALL_RECORD_HEADER,
        charge - OVERHEAD - BATCH_HEADER - LARGEST_RECORD_HEADER + SMALL_RECORD_HEADER);
  }

  /** What a record of that upper bound takes out of {@code buffer.memory}. */
  static int charge(int upperBound, long totalMemory) {
    return (int) Math.min(Math.min((long) upperBound + OVERHEAD, totalMemory), Integer.MAX_VALUE);
  }
}
