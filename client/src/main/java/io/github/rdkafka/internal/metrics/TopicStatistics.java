package io.github.rdkafka.internal.metrics;

/** One topic in librdkafka's statistics; the object is used again for the next one. */
final class TopicStatistics {
  String topic;

  /** Bytes of each batch: as sent by a producer, as unpacked by a consumer. */
  final Window batchBytes = new Window();

  /** Records of each batch. */
  final Window batchRecords = new Window();
}
