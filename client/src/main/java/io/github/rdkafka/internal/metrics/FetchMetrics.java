package io.github.rdkafka.internal.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;

/** {@code consumer-fetch-manager-metrics}: of the client, its topics and partitions. */
final class FetchMetrics {
  private final MetricGroup group;
  private final boolean statistics;
  private final boolean readCommitted;
  private final Map<String, ConsumedTopic> topics = new ConcurrentHashMap<>();
  private final Map<TopicPartition, PartitionMetrics> partitions = new ConcurrentHashMap<>();

  private final LongAdder records;
  private final LongAdder bytes;
  private final LongAdder fetches;
  private final Distribution fetchSize;
  private final Distribution recordsPerRequest;
  private final Distribution latency;
  private final Distribution throttle;
  private final Distribution lags;
  private final Distribution leads;

  private volatile ConsumerMetrics.Ends ends = ConsumerMetrics.Ends.UNKNOWN;

  FetchMetrics(ClientMetrics owner, boolean statistics, boolean readCommitted) {
    this.statistics = statistics;
    this.readCommitted = readCommitted;
    group = owner.group("fetch-manager-metrics");
    records = group.meter("records-consumed", "records consumed");
    bytes = group.meter("bytes-consumed", "bytes consumed");
    lags = new Distribution(group.config());
    leads = new Distribution(group.config());
    group.value(
        "records-lag-max",
        "The largest number of records behind the position of a partition",
        (config, now) -> lags.largest(now));
    group.value(
        "records-lead-min",
        "The smallest number of records before the position of a partition",
        (config, now) -> leads.smallest(now));
    MetricGroup told = group.knownIf(statistics);
    fetches = told.meter("fetch", "fetch requests");
    fetchSize = told.averageAndMax("fetch-size", "bytes of a partition per fetch");
    recordsPerRequest =
        told.average("records-per-request-avg", "number of records of a partition per fetch");
    latency = told.averageAndMax("fetch-latency", "time in ms of a fetch request");
    throttle = told.averageAndMax("fetch-throttle-time", "time in ms a broker throttled");
  }

  void ends(ConsumerMetrics.Ends newEnds) {
    ends = newEnds;
  }

  ConsumerMetrics.Ends ends() {
    return ends;
  }

  boolean readCommitted() {
    return readCommitted;
  }

  ConsumedTopic topic(String topic) {
    return topics.computeIfAbsent(topic, name -> new ConsumedTopic(group, name, statistics));
  }

  PartitionMetrics assigned(TopicPartition partition) {
    PartitionMetrics metrics = new PartitionMetrics(this, group, partition);
    partitions.put(partition, metrics);
    return metrics;
  }

  void revoked(PartitionMetrics metrics) {
    partitions.remove(metrics.partition);
    metrics.remove();
  }

  int assignedCount() {
    return partitions.size();
  }

  void consumed(int count, long size) {
    records.add(count);
    bytes.add(size);
  }

  void lag(double lag, long nowMs) {
    lags.record(lag, nowMs);
  }

  void lead(double lead, long nowMs) {
    leads.record(lead, nowMs);
  }

  void take(BrokerStatistics broker, BrokerCounters changes, long nowMs) {
    long fetched = changes.fetches;
    if (fetched > 0) {
      fetches.add(fetched);
      latency.recordMillis(broker.roundTrip, nowMs);
      throttle.recordWithZeros(broker.throttle, fetched, nowMs);
    }
  }

  void take(PartitionStatistics statistics) {
    PartitionMetrics metrics =
        partitions.get(new TopicPartition(statistics.topic, (int) statistics.number));
    if (metrics != null) {
      metrics.take(statistics);
    }
  }

  void take(TopicStatistics statistics, long nowMs) {
    fetchSize.record(statistics.batchBytes, nowMs);
    recordsPerRequest.record(statistics.batchRecords, nowMs);
    if (statistics.batchBytes.count > 0) {
      // often before a poll has returned the first of its records
      ConsumedTopic topic = topic(statistics.topic);
      topic.fetchSize.record(statistics.batchBytes, nowMs);
      topic.recordsPerRequest.record(statistics.batchRecords, nowMs);
    }
  }
}
