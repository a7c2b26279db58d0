package io.github.rdkafka.internal.security;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.JaasContext;

/**
 * The client's JAAS login section: {@code sasl.jaas.config}, or {@code KafkaClient} of the file
 * that {@code java.security.auth.login.config} names. Its modules are not run; their options are
 * read.
 */
public final class JaasLogin {
  private final String mechanism;
  private final List<AppConfigurationEntry> entries;

  private JaasLogin(String mechanism, List<AppConfigurationEntry> entries) {
    this.mechanism = mechanism;
    this.entries = entries;
  }

  /**
   * Loads the section by Kafka's code.
   *
   * @param configs Kafka's parsed configuration
   * @throws IllegalArgumentException if there is none or it is malformed, in Kafka's words
   */
  public static JaasLogin load(Map<String, ?> configs, String mechanism) {
    return new JaasLogin(mechanism, JaasContext.loadClientContext(configs).configurationEntries());
  }

  /**
   * Refuses login modules whose work this library does not know.
   *
   * @throws ConfigException naming the first other module
   */
  public void requireModules(Set<String> known) {
    for (AppConfigurationEntry entry : entries) {
      if (!known.contains(entry.getLoginModuleName())) {
        throw new ConfigException(
            SaslConfigs.SASL_JAAS_CONFIG,
            entry.getLoginModuleName(),
            "This login module is not supported with the SASL mechanism " + mechanism);
      }
    }
  }

  /** A login module's option. */
  public Optional<String> option(String name) {
    return Optional.ofNullable(JaasContext.configEntryOption(entries, name, null));
  }

  public boolean isTrue(String option) {
    return option(option).map(Boolean::parseBoolean).orElse(false);
  }

  String mechanism() {
    return mechanism;
  }

  List<AppConfigurationEntry> entries() {
    return entries;
  }
}
