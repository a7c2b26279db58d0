package io.github.rdkafka.internal.config;

import org.apache.kafka.common.config.AbstractConfig;

/**
 * How often librdkafka tells its statistics, which metrics about requests, connections and sizes
 * come from. The user sets it by librdkafka's own name, to 0 for never.
 */
public final class StatisticsInterval {
  static final String NAME = "statistics.interval.ms";

  /**
   * Often enough for Kafka's sample windows of 30 seconds. librdkafka's main thread writes some 700
   * bytes about each partition, and we read them: for a thousand partitions that takes less than a
   * hundredth of a processor.
   */
  static final int DEFAULT_MILLIS = 5000;

  private StatisticsInterval() {}

  /** Whether there are any statistics. */
  public static boolean isOn(AbstractConfig config) {
    return RawProperties.from(config)
        .value(NAME)
        .map(interval -> !interval.trim().equals("0"))
        .orElse(true);
  }
}
