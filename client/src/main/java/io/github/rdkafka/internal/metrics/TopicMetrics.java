package io.github.rdkafka.internal.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** One topic of a producer: {@code producer-topic-metrics}. */
public final class TopicMetrics {
  final LongAdder records;
  final LongAdder bytes;
  final LongAdder retries;
  final LongAdder errors;
  final Distribution compression;

  /** Records that failed without having been sent. */
  final LongAdder unsent = new LongAdder();

  // Of the statistics before; the event loop's.
  private final Map<Long, long[]> sentBefore = new HashMap<>();
  private long retriesSeen;
  private long unsentBefore;

  // Summed up over the partitions of the statistics in hand.
  private long sentNow;
  private long acceptedNow;
  private long queuedNow;
  private long newRecords;
  private long newBytes;

  /**
   * @param batches whether sizes of batches are known
   */
  TopicMetrics(ClientMetrics owner, String topic, boolean statistics, boolean batches) {
    MetricGroup group = owner.group("topic-metrics").tagged(List.of(Map.of("topic", topic)));
    records = group.meter("record-send", "records sent to the topic");
    errors = group.meter("record-error", "records for the topic that failed");
    bytes = group.knownIf(batches).meter("byte", "bytes sent to the topic");
    compression =
        group
            .knownIf(batches)
            .average("compression-rate", "ratio of a batch's size to that of its records");
    retries = group.knownIf(statistics).meter("record-retry", "records sent to the topic again");
  }

  void take(PartitionStatistics partition) {
    long[] before = sentBefore.computeIfAbsent(partition.number, absent -> new long[2]);
    newRecords += Math.max(0, partition.sent - before[0]);
    newBytes += Math.max(0, partition.sentBytes - before[1]);
    before[0] = partition.sent;
    before[1] = partition.sentBytes;
    sentNow += partition.sent;
    acceptedNow += partition.accepted;
    queuedNow += partition.queued;
  }

  /** Records since the statistics before, retries included; after the partitions. */
  long newRecords() {
    return newRecords;
  }

  /** Bytes of keys and values of those. */
  long newBytes() {
    return newBytes;
  }

  /**
   * How many retries are newly known. librdkafka does not count them, so what was sent is compared
   * with what can have been sent for the first time; where records wait unseen in one of its
   * queues, the difference shows once they are gone.
   */
  long endOfPartitions() {
    // Those that failed lately may have been in the queue still.
    long first = acceptedNow - queuedNow - unsentBefore;
    unsentBefore = unsent.sum();
    long seen = sentNow - Math.max(0, first);
    long fresh = Math.max(0, seen - retriesSeen);
    retriesSeen += fresh;
    sentNow = 0;
    acceptedNow = 0;
    queuedNow = 0;
    newRecords = 0;
    newBytes = 0;
    return fresh;
  }
}
