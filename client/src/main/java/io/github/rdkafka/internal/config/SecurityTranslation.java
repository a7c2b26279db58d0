package io.github.rdkafka.internal.config;

import static org.apache.kafka.clients.CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;

import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** The security protocol. Keys of TLS and SASL are read only where it uses them, as in Kafka. */
final class SecurityTranslation {
  private SecurityTranslation() {}

  static void apply(Translation to) {
    String name = to.config().getString(SECURITY_PROTOCOL_CONFIG);
    SecurityProtocol protocol = SecurityProtocol.forName(name);
    to.set("security.protocol", protocol.name.toLowerCase(Locale.ROOT), SECURITY_PROTOCOL_CONFIG);
    if (protocol != SecurityProtocol.PLAINTEXT) {
      throw new ConfigException(SECURITY_PROTOCOL_CONFIG, name, "is not supported yet");
    }
  }
}
