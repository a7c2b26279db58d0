package io.github.rdkafka.internal.metrics;

import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.common.metrics.stats.Min;
import org.apache.kafka.common.metrics.stats.WindowedSum;

/**
 * Average, maximum and minimum, over Kafka's sample windows, of values that may come summed up.
 * Each is not a number while there is no value.
 */
final class Distribution {
  private static final double MICROS_PER_MILLI = 1000;

  private final MetricConfig config;
  private final WindowedSum sum = new WindowedSum();
  private final WindowedSum count = new WindowedSum();
  private final Max max = new Max();
  private final Min min = new Min();

  Distribution(MetricConfig config) {
    this.config = config;
  }

  void record(double value, long nowMs) {
    record(value, 1, value, nowMs);
  }

  void record(long value, long nowMs) {
    record((double) value, nowMs);
  }

  void record(Window values, long nowMs) {
    record((double) values.sum, values.count, (double) values.max, nowMs);
  }

  /** Takes values of which librdkafka leaves out those that are 0, out of {@code number} in all. */
  void recordWithZeros(Window values, long number, long nowMs) {
    record((double) values.sum, Math.max(values.count, number), (double) values.max, nowMs);
  }

  /** Takes microseconds as milliseconds. */
  void recordMillis(Window micros, long nowMs) {
    record(micros.sum / MICROS_PER_MILLI, micros.count, micros.max / MICROS_PER_MILLI, nowMs);
  }

  /** Takes the values of a while; of their smallest nothing is known. */
  synchronized void record(double values, long number, double largest, long nowMs) {
    if (number > 0) {
      sum.record(config, values, nowMs);
      count.record(config, (double) number, nowMs);
      max.record(config, largest, nowMs);
      min.record(config, largest, nowMs);
    }
  }

  synchronized double average(long nowMs) {
    double number = count.measure(config, nowMs);
    return number == 0 ? Double.NaN : sum.measure(config, nowMs) / number;
  }

  synchronized double largest(long nowMs) {
    return max.measure(config, nowMs);
  }

  synchronized double smallest(long nowMs) {
    return min.measure(config, nowMs);
  }
}
