package io.github.rdkafka.internal.security;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Kafka's parsed SASL keys. */
final class SaslValues {
  private SaslValues() {}

  static Map<String, ?> defaults() {
    return new AbstractConfig(new ConfigDef().withClientSaslSupport(), Map.of(), false).values();
  }
}
