package io.github.rdkafka.internal.security;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.config.SaslConfigs;

/** When a token is to be replaced, by Kafka's keys {@code sasl.login.refresh.*}. */
final class RefreshSchedule {
  private static final long RETRY_MS = 10_000;

  private final double windowFactor;
  private final double windowJitter;
  private final long minPeriodMs;
  private final long bufferMs;
  private final DoubleSupplier random;

  RefreshSchedule(
      double windowFactor,
      double windowJitter,
      long minPeriodMs,
      long bufferMs,
      DoubleSupplier random) {
    this.windowFactor = windowFactor;
    this.windowJitter = windowJitter;
    this.minPeriodMs = minPeriodMs;
    this.bufferMs = bufferMs;
    this.random = random;
  }

  static RefreshSchedule of(Map<String, ?> configs) {
    return new RefreshSchedule(
        (Double) configs.get(SaslConfigs.SASL_LOGIN_REFRESH_WINDOW_FACTOR),
        (Double) configs.get(SaslConfigs.SASL_LOGIN_REFRESH_WINDOW_JITTER),
        1000L * (Short) configs.get(SaslConfigs.SASL_LOGIN_REFRESH_MIN_PERIOD_SECONDS),
        1000L * (Short) configs.get(SaslConfigs.SASL_LOGIN_REFRESH_BUFFER_SECONDS),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * At a share of the life; not within the buffer before its end nor within the least period from
   * now, unless the life is too short for both.
   */
  long refreshAtMs(Long startTimeMs, long expiryMs, long nowMs) {
    if (expiryMs <= nowMs) {
      return nowMs + RETRY_MS;
    }
    long leastMs = nowMs + 1;
    double share = windowFactor + windowJitter * random.getAsDouble();
    if (nowMs + minPeriodMs + bufferMs > expiryMs) {
      return Math.max(leastMs, nowMs + (long) ((expiryMs - nowMs) * share));
    }
    long startMs = startTimeMs == null ? nowMs : startTimeMs;
    long proposedMs = startMs + (long) ((expiryMs - startMs) * share);
    return Math.max(leastMs, Math.clamp(proposedMs, nowMs + minPeriodMs, expiryMs - bufferMs));
  }
}
