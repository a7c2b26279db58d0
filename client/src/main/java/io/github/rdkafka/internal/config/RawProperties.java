package io.github.rdkafka.internal.config;

import io.github.rdkafka.internal.config.NativeProperty.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * librdkafka's own properties in the user's configuration. Two doors lead to them:
 *
 * <ul>
 *   <li>{@code librdkafka.NAME} always reaches librdkafka's {@code NAME} and wins over everything;
 *   <li>{@code NAME} alone does so when it has a dot and is no name of Kafka's: Kafka's names keep
 *       Kafka's meaning (in a client of the other kind they are left alone, as one file often
 *       serves several clients), and names without a dot are commonly an application's own.
 * </ul>
 */
final class RawProperties {
  static final String PREFIX = "librdkafka.";

  /** Looked at last: to make another kind's table takes tens of milliseconds when a JVM starts. */
  private static final class NamesOfAllKinds {
    static final Set<String> NAMES = new HashSet<>();

    static {
      NAMES.addAll(ProducerConfig.configNames());
      NAMES.addAll(ConsumerConfig.configNames());
      NAMES.addAll(AdminClientConfig.configNames());
    }
  }

  /** Properties on which this library's correctness rests. */
  private static final Set<String> OWNED =
      Set.of(
          "enable.auto.commit",
          "enable.auto.offset.store",
          "auto.commit.enable",
          "enabled_events",
          "log.queue",
          "delivery.report.only.error",
          "queuing.strategy",
          "offset.store.method",
          "offset.store.path",
          "consume.callback.max.messages",
          "enable_sasl_queue",
          "share.acknowledgement.mode",
          "opaque",
          "interceptors",
          "default_topic_conf",
          "group.protocol.type",
          "client.software.name",
          "client.software.version");

  private final Set<String> names;
  private final List<NativeProperty> bare = new ArrayList<>();
  private final List<NativeProperty> prefixed = new ArrayList<>();

  /**
   * @param names Kafka's, of the kind of client that this is
   */
  private RawProperties(Set<String> names) {
    this.names = names;
  }

  static RawProperties from(AbstractConfig config) {
    RawProperties raw = new RawProperties(config.values().keySet());
    new TreeMap<>(config.originals()).forEach(raw::add);
    return raw;
  }

  private void add(String key, Object value) {
    if (key.startsWith(PREFIX)) {
      String name = key.substring(PREFIX.length());
      refuseOwned(key, name, value);
      prefixed.add(property(name, text(key, value), key, Origin.PREFIXED));
    } else if (key.contains(".") && !isKafkas(key) && isText(value)) {
      refuseOwned(key, key, value);
      bare.add(property(key, text(key, value), key, Origin.BARE));
    }
  }

  private boolean isKafkas(String key) {
    return names.contains(key) || NamesOfAllKinds.NAMES.contains(key);
  }

  private static NativeProperty property(String name, String value, String key, Origin origin) {
    return new NativeProperty(name, value, key, origin, isSecret(name));
  }

  private static void refuseOwned(String key, String name, Object value) {
    if (name.isEmpty()) {
      throw new ConfigException(key, value, "the name of a librdkafka property must follow");
    }
    if (OWNED.contains(name) || name.endsWith("_cb")) {
      throw new ConfigException(key, value, "is owned by this library and cannot be set");
    }
  }

  private static boolean isText(Object value) {
    return value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Password;
  }

  private static String text(String key, Object value) {
    if (!isText(value)) {
      String kind = value == null ? "null" : "a " + value.getClass().getName();
      throw new ConfigException(
          key
              + " must be a string, a number or a boolean, for it goes to librdkafka; it is "
              + kind);
    }
    return value instanceof Password password ? password.value() : value.toString();
  }

  /** librdkafka keeps no public list of its secrets, hence rather one too many. */
  private static boolean isSecret(String name) {
    return Stream.of("password", "passphrase", "secret", "key.pem", "oauthbearer.config", "private")
        .anyMatch(name::contains);
  }

  List<NativeProperty> bare() {
    return bare;
  }

  List<NativeProperty> prefixed() {
    return prefixed;
  }

  boolean contains(String name) {
    return value(name).isPresent();
  }

  boolean containsAny(String... names) {
    return Stream.of(names).anyMatch(this::contains);
  }

  boolean containsPrefix(String prefix) {
    return Stream.concat(prefixed.stream(), bare.stream())
        .anyMatch(property -> property.name().startsWith(prefix));
  }

  /** What the user sets librdkafka's property {@code name} to, by whichever door. */
  Optional<String> value(String name) {
    return Stream.concat(prefixed.stream(), bare.stream())
        .filter(property -> property.name().equals(name))
        .map(NativeProperty::value)
        .findFirst();
  }
}
