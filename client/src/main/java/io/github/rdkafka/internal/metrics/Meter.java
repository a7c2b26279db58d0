package io.github.rdkafka.internal.metrics;

import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.stats.Rate;

/**
 * A total that somebody counts, and its rate over Kafka's sample windows. Counting needs no lock:
 * the rate is told of the total's growth once a second, and whenever it is read.
 */
final class Meter {
  private final LongSupplier total;
  private final Rate rate;
  private final MetricConfig ownConfig;
  private long taken;

  /**
   * @param config null for that of the registry
   */
  Meter(LongSupplier total, Rate rate, MetricConfig config) {
    this.total = total;
    this.rate = rate;
    this.ownConfig = config;
  }

  synchronized void roll(MetricConfig config, long nowMs) {
    long sum = total.getAsLong();
    if (sum != taken) {
      rate.record(config(config), (double) (sum - taken), nowMs);
      taken = sum;
    }
  }

  double total() {
    return total.getAsLong();
  }

  synchronized double rate(MetricConfig config, long nowMs) {
    roll(config, nowMs);
    return rate.measure(config(config), nowMs);
  }

  private MetricConfig config(MetricConfig registrys) {
    return ownConfig == null ? registrys : ownConfig;
  }
}
