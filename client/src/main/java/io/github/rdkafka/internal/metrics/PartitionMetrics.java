package io.github.rdkafka.internal.metrics;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/** An assigned partition in {@code consumer-fetch-manager-metrics}; gone when it is revoked. */
public final class PartitionMetrics {
  private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long UNKNOWN = -1;

  final TopicPartition partition;

  private final FetchMetrics fetches;
  private final MetricGroup group;
  private ConsumedTopic topic;
  private Distribution lags;
  private Distribution leads;
  private long sampledNanos;

  private volatile long position = UNKNOWN;
  private volatile long lastStable = UNKNOWN;
  private volatile long replica = UNKNOWN;

  PartitionMetrics(FetchMetrics fetches, MetricGroup fetchGroup, TopicPartition partition) {
    this.fetches = fetches;
    this.partition = partition;
    this.group = fetchGroup.tagged(TopicTags.of(partition));
    group.value(
        "preferred-read-replica",
        "The replica that records are fetched from, or -1 for the leader",
        (config, now) -> replica);
  }

  /**
   * Takes note of records that a poll returns.
   *
   * @param newPosition that of the record that follows them
   */
  public void consumed(int records, long bytes, long newPosition) {
    if (topic == null) {
      topic = fetches.topic(partition.topic());
    }
    fetches.consumed(records, bytes);
    topic.records.add(records);
    topic.bytes.add(bytes);
    position = newPosition;
    long nanos = System.nanoTime();
    if (lags == null) {
      register();
      sample(nanos);
    } else if (nanos - sampledNanos >= SAMPLE_NANOS) {
      sample(nanos);
    }
  }

  private void register() {
    group.value("records-lag", "The records behind the position", (config, now) -> lag());
    lags = group.averageAndMax("records-lag", "number of records behind the position");
    group.value("records-lead", "The records before the position", (config, now) -> lead());
    leads = group.average("records-lead-avg", "number of records before the position");
    group.value(
        "records-lead-min",
        "The smallest number of records before the position",
        (config, now) -> leads.smallest(now));
  }

  private void sample(long nanos) {
    sampledNanos = nanos;
    long nowMs = System.currentTimeMillis();
    double lag = lag();
    double lead = lead();
    if (!Double.isNaN(lag)) {
      lags.record(lag, nowMs);
      fetches.lag(lag, nowMs);
    }
    if (!Double.isNaN(lead)) {
      leads.record(lead, nowMs);
      fetches.lead(lead, nowMs);
    }
  }

  /** Where the last stable offset has to be the end, and is not known yet, it is the very end. */
  private double lag() {
    long stable = fetches.readCommitted() ? lastStable : UNKNOWN;
    long end = stable < 0 ? fetches.ends().high(partition) : stable;
    return end < 0 ? Double.NaN : Math.max(0, end - position);
  }

  private double lead() {
    long start = fetches.ends().low(partition);
    return start < 0 ? Double.NaN : Math.max(0, position - start);
  }

  void take(PartitionStatistics statistics) {
    lastStable = statistics.lastStableOffset;
    replica = statistics.broker == statistics.leader ? UNKNOWN : statistics.broker;
  }

  void remove() {
    group.remove();
  }
}
