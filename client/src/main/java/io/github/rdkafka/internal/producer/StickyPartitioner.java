package io.github.rdkafka.internal.producer;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Chooses partitions of one topic for records without a key, as KIP-794 has it: stay with one
 * partition for a batch's worth of bytes, then go on to a random one, where busy partitions are
 * less likely.
 *
 * <p>Kafka goes on when the batch in hand is full. librdkafka's batches are larger and not visible
 * from here, so a full {@code batch.size} is followed by what the linger time still brings, up to a
 * limit: records that would make one batch are not spread over many.
 */
final class StickyPartitioner {
  /**
   * When to leave a partition.
   *
   * @param batchBytes {@code batch.size}
   * @param mostBytes after which to leave even within the linger time, at least {@code batchBytes}
   * @param adaptive {@code partitioner.adaptive.partitioning.enable}
   * @param availabilityTimeoutMs {@code partitioner.availability.timeout.ms}, 0 for off
   */
  record Settings(
      int batchBytes, int mostBytes, long lingerMs, boolean adaptive, long availabilityTimeoutMs) {}

  private static final class Stay {
    final Partition partition;
    final long sinceMs;
    final AtomicInteger bytes = new AtomicInteger();

    Stay(Partition partition, long sinceMs) {
      this.partition = partition;
      this.sinceMs = sinceMs;
    }
  }

  private final Settings settings;
  private final AtomicReference<Stay> current = new AtomicReference<>();
  private volatile PartitionLoads loads = PartitionLoads.NONE;

  StickyPartitioner(Settings settings) {
    this.settings = settings;
  }

  /** The partition of a record of {@code bytes}. */
  Partition next(TopicView view, int bytes, long nowMs) {
    Stay stay = current.get();
    if (stay == null || stay.partition.number() >= view.partitionCount()) {
      Stay first = new Stay(choose(view, nowMs), nowMs);
      stay = current.compareAndSet(stay, first) ? first : current.get();
    }
    int produced = stay.bytes.addAndGet(bytes);
    if (produced >= settings.batchBytes()
        && (produced >= settings.mostBytes() || nowMs - stay.sinceMs >= settings.lingerMs())) {
      current.compareAndSet(stay, new Stay(choose(view, nowMs), nowMs));
    }
    return stay.partition;
  }

  private Partition choose(TopicView view, long nowMs) {
    int random = ThreadLocalRandom.current().nextInt() & Integer.MAX_VALUE;
    if (settings.adaptive() && view.partitionCount() > 1) {
      PartitionLoads known = loads;
      if (!known.isOf(view, nowMs)) {
        known = PartitionLoads.measure(view, nowMs, settings);
        loads = known;
      }
      Partition partition = known.choose(random);
      if (partition != null) {
        return partition;
      }
    }
    Partition[] candidates = view.available().length > 0 ? view.available() : view.partitions();
    return candidates[random % candidates.length];
  }
}
