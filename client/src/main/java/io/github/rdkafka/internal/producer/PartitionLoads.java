package io.github.rdkafka.internal.producer;

import java.util.Arrays;

/**
 * How busy the partitions of a topic were a moment ago, as a table of cumulative weights: the
 * longer a partition's queue of batches, the smaller its weight.
 */
final class PartitionLoads {
  static final PartitionLoads NONE = new PartitionLoads(null, 0, null, null);

  /** Measuring reads every partition's counter, so it is done for many choices at once. */
  private static final long VALID_MS = 10;

  private final TopicView view;
  private final long measuredMs;
  private final Partition[] partitions;
  private final long[] cumulative;

  private PartitionLoads(
      TopicView view, long measuredMs, Partition[] partitions, long[] cumulative) {
    this.view = view;
    this.measuredMs = measuredMs;
    this.partitions = partitions;
    this.cumulative = cumulative;
  }

  static PartitionLoads measure(TopicView view, long nowMs, StickyPartitioner.Settings settings) {
    Partition[] candidates = new Partition[view.available().length];
    long[] queues = new long[candidates.length];
    int count = 0;
    for (Partition partition : view.available()) {
      long timeout = settings.availabilityTimeoutMs();
      if (timeout == 0 || !partition.isStalled(nowMs, timeout)) {
        long bytes = Math.max(0, partition.outstandingBytes());
        candidates[count] = partition;
        queues[count++] = (bytes + settings.batchBytes() - 1) / settings.batchBytes();
      }
    }
    if (count == 0) {
      return new PartitionLoads(view, nowMs, null, null);
    }
    long longest = Arrays.stream(queues, 0, count).max().getAsLong();
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += longest + 1 - queues[i];
      queues[i] = sum;
    }
    return new PartitionLoads(
        view, nowMs, Arrays.copyOf(candidates, count), Arrays.copyOf(queues, count));
  }

  boolean isOf(TopicView other, long nowMs) {
    return view == other && nowMs - measuredMs < VALID_MS;
  }

  /**
   * A partition, less likely the busier it is; null when nothing is known.
   *
   * @param random not negative
   */
  Partition choose(int random) {
    if (cumulative == null) {
      return null;
    }
    long point = random % cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    return partitions[found >= 0 ? found + 1 : -found - 1];
  }
}
