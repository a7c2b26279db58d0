package io.github.rdkafka.internal.metrics;

import java.util.concurrent.atomic.LongAdder;

/** What was consumed of one topic, in {@code consumer-fetch-manager-metrics}. */
final class ConsumedTopic {
  final LongAdder records;
  final LongAdder bytes;
  final Distribution fetchSize;
  final Distribution recordsPerRequest;

  ConsumedTopic(MetricGroup fetchGroup, String topic, boolean statistics) {
    MetricGroup group = fetchGroup.tagged(TopicTags.of(topic));
    records = group.meter("records-consumed", "records consumed of the topic");
    bytes = group.meter("bytes-consumed", "bytes consumed of the topic");
    MetricGroup told = group.knownIf(statistics);
    fetchSize = told.averageAndMax("fetch-size", "bytes of a partition per fetch, of the topic");
    recordsPerRequest =
        told.average(
            "records-per-request-avg", "number of records of a partition per fetch, of the topic");
  }
}
