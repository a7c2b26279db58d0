package io.github.rdkafka.internal.config;

import static org.apache.kafka.clients.CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.SecurityUtils;

/** The security protocol. Keys of TLS and SASL are read only where it uses them, as in Kafka. */
final class SecurityTranslation {
  private SecurityTranslation() {}

  /** Comes last, for it may make objects that must be closed. */
  static void apply(Translation to) {
    SecurityProtocol protocol =
        SecurityProtocol.forName(to.config().getString(SECURITY_PROTOCOL_CONFIG));
    to.set("security.protocol", protocol.name.toLowerCase(Locale.ROOT), SECURITY_PROTOCOL_CONFIG);
    if (protocol == SecurityProtocol.PLAINTEXT) {
      return;
    }
    SecurityUtils.addConfiguredSecurityProviders(to.config().originals());
    if (protocol == SecurityProtocol.SSL || protocol == SecurityProtocol.SASL_SSL) {
      TlsTranslation.apply(to);
    }
    if (protocol == SecurityProtocol.SASL_PLAINTEXT || protocol == SecurityProtocol.SASL_SSL) {
      SaslTranslation.apply(to);
    }
  }

  /**
   * What Kafka hands to users' classes: the parsed values and whatever else was configured. What
   * they read of it counts as used.
   */
  @SuppressWarnings("unchecked")
  static Map<String, Object> valuesForPlugins(AbstractConfig config) {
    Map<String, Object> values = (Map<String, Object>) config.values();
    config
        .originals()
        .forEach(
            (key, value) -> {
              if (!values.containsKey(key)) {
                values.put(key, value);
              }
            });
    return values;
  }
}
