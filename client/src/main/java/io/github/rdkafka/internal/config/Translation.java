package io.github.rdkafka.internal.config;

import io.github.rdkafka.internal.security.OAuthBearerTokenSource;
import io.github.rdkafka.internal.security.SaslCredentialsSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One translation in progress: Kafka's parsed configuration on one side, the properties gathered so
 * far on the other. Reading a key through the configuration marks it as used.
 */
final class Translation {
  private static final Logger LOG = LoggerFactory.getLogger(Translation.class);

  /** In places librdkafka turns milliseconds into microseconds in 32 bits, some 35 minutes. */
  static final int LONGEST_MS = Integer.MAX_VALUE / 1000;

  private final AbstractConfig config;
  private final Map<String, Object> originals;
  private final RawProperties raw;
  private final List<NativeProperty> properties = new ArrayList<>();
  private boolean groupIdIsSynthetic;
  private OAuthBearerTokenSource oauthBearer;
  private SaslCredentialsSource saslCredentials;

  Translation(AbstractConfig config) {
    this.config = config;
    this.originals = config.originals();
    this.raw = RawProperties.from(config);
  }

  AbstractConfig config() {
    return config;
  }

  /** What the user passes to librdkafka by its own names. */
  RawProperties raw() {
    return raw;
  }

  boolean isSetByUser(String kafkaKey) {
    return originals.containsKey(kafkaKey);
  }

  void set(String name, String value, String kafkaKey) {
    add(new NativeProperty(name, value, kafkaKey, NativeProperty.Origin.TRANSLATED, false));
  }

  void set(String name, long value, String kafkaKey) {
    set(name, Long.toString(value), kafkaKey);
  }

  void setSecret(String name, String value, String kafkaKey) {
    add(new NativeProperty(name, value, kafkaKey, NativeProperty.Origin.TRANSLATED, true));
  }

  /** Sets a property that no key of Kafka's configuration governs. */
  void preset(String name, Object value) {
    set(name, value.toString(), name);
  }

  /** The same for a property that came with our corrections: other librdkafkas do without it. */
  void presetIfThere(String name, Object value) {
    add(new NativeProperty(name, value.toString(), name, NativeProperty.Origin.PATCHED, false));
  }

  /** Copies a boolean whose name and meaning are the same on both sides. */
  void copyBoolean(String key) {
    set(key, config.getBoolean(key).toString(), key);
  }

  private void add(NativeProperty property) {
    properties.add(property);
  }

  /**
   * Brings a value into librdkafka's range; where the user's own value does not fit, says so.
   *
   * @return the value to use
   */
  int clamp(String kafkaKey, long value, int min, int max) {
    int used = Math.clamp(value, min, max);
    if (used != value && isSetByUser(kafkaKey)) {
      warnReplaced(kafkaKey, value, used, "librdkafka takes " + min + " to " + max);
    }
    return used;
  }

  /** Tells the user that another value than the configured one is in effect. */
  void warnReplaced(String kafkaKey, Object value, Object used, String why) {
    LOG.warn("{} = {} is not usable: {}. Using {}.", kafkaKey, value, why, used);
  }

  void warn(String format, Object... arguments) {
    LOG.warn(format, arguments);
  }

  /** Marks the keys that have no effect as used, for they are known and not misspelt. */
  void markWithoutEffect(KeyTable keys) {
    for (KeyTable.Entry entry : keys.entries()) {
      if (entry.fate() == Fate.NO_EFFECT) {
        config.ignore(entry.key());
        if (isSetByUser(entry.key())) {
          LOG.debug("{} has no effect: {}", entry.key(), entry.reason());
        }
      }
    }
  }

  void groupIdIsSynthetic() {
    groupIdIsSynthetic = true;
  }

  void oauthBearer(OAuthBearerTokenSource source) {
    oauthBearer = source;
  }

  void saslCredentials(SaslCredentialsSource source) {
    saslCredentials = source;
  }

  /** Ends the translation; what the user passes by librdkafka's names comes last and so wins. */
  NativeConfig finish() {
    properties.addAll(raw.bare());
    properties.addAll(raw.prefixed());
    raw.prefixed().forEach(property -> config.ignore(property.kafkaKey()));
    return new NativeConfig(properties, groupIdIsSynthetic, oauthBearer, saslCredentials);
  }
}
