package io.github.rdkafka.internal.metrics;

/** What a client makes of librdkafka's statistics. The objects are valid during the call only. */
interface StatisticsListener {
  void broker(BrokerStatistics broker);

  /** Called after all brokers. */
  void partition(PartitionStatistics partition);

  /** Called after the topic's partitions. */
  void topic(TopicStatistics topic);

  /** Nothing follows. */
  void end();
}
