package io.github.rdkafka.internal.metrics;

import java.time.Duration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Kafka's interfaces say about metrics that brokers ask for: librdkafka does that alone. */
public final class Telemetry {
  private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

  private Telemetry() {}

  /**
   * Answers for a client.
   *
   * @param enabled {@code enable.metrics.push}
   * @return null: librdkafka does not tell its id
   */
  public static Uuid clientInstanceId(boolean enabled, Duration timeout) {
    if (!enabled) {
      throw new IllegalStateException(
          "Telemetry is not enabled. Set config `"
              + CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG
              + "` to `true`.");
    }
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("The timeout cannot be negative.");
    }
    LOG.debug("The client instance id is not known: librdkafka does not tell it");
    return null;
  }

  /** An application's metric that is to be pushed, or no longer. */
  public static void ignore(KafkaMetric metric) {
    LOG.debug("{} is not pushed: librdkafka pushes its own metrics only", metric.metricName());
  }
}
