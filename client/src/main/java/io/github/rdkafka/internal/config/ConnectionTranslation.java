package io.github.rdkafka.internal.config;

import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.CLIENT_DNS_LOOKUP_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.CONNECTIONS_MAX_IDLE_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.METADATA_MAX_AGE_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.RECEIVE_BUFFER_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.SEND_BUFFER_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.common.config.AbstractConfig;

/** Connections, metadata and retries: what all clients share. */
final class ConnectionTranslation {
  private static final Pattern SCHEME = Pattern.compile("^[0-9a-zA-Z\\-%._]*://");

  private ConnectionTranslation() {}

  static void apply(Translation to) {
    AbstractConfig config = to.config();
    identity(to);
    to.set("bootstrap.servers", bootstrapServers(config), BOOTSTRAP_SERVERS_CONFIG);
    to.set(
        "client.dns.lookup", config.getString(CLIENT_DNS_LOOKUP_CONFIG), CLIENT_DNS_LOOKUP_CONFIG);
    metadata(to);
    backoffs(to);
    sockets(to);
    to.copyBoolean(ENABLE_METRICS_PUSH_CONFIG);
    to.preset(StatisticsInterval.NAME, StatisticsInterval.DEFAULT_MILLIS);
    // Java reads responses of any size; librdkafka would disconnect again and again.
    to.preset("receive.message.max.bytes", Integer.MAX_VALUE);
    to.preset("log.queue", true);
  }

  private static void identity(Translation to) {
    String clientId = to.config().getString(CLIENT_ID_CONFIG);
    // An empty text means librdkafka's own default; a blank one it trims and then takes as empty.
    to.set("client.id", clientId.isEmpty() ? " " : clientId, CLIENT_ID_CONFIG);
    to.preset("client.software.name", "rdkafka-java");
  }

  private static String bootstrapServers(AbstractConfig config) {
    ClientUtils.parseAndValidateAddresses(config);
    return config.getList(BOOTSTRAP_SERVERS_CONFIG).stream()
        .filter(server -> !server.isEmpty())
        .map(server -> SCHEME.matcher(server).replaceFirst(""))
        .collect(Collectors.joining(","));
  }

  private static void metadata(Translation to) {
    AbstractConfig config = to.config();
    // librdkafka's 0 is "never"; three times the interval is the life of its cache's entries.
    to.set(
        "topic.metadata.refresh.interval.ms",
        to.clamp(
            METADATA_MAX_AGE_CONFIG,
            config.getLong(METADATA_MAX_AGE_CONFIG),
            1000,
            Translation.LONGEST_MS / 3),
        METADATA_MAX_AGE_CONFIG);
    to.set(
        "metadata.recovery.strategy",
        config.getString(METADATA_RECOVERY_STRATEGY_CONFIG).toLowerCase(Locale.ROOT),
        METADATA_RECOVERY_STRATEGY_CONFIG);
    to.set(
        "metadata.recovery.rebootstrap.trigger.ms",
        to.clamp(
            METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG,
            config.getLong(METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG),
            0,
            Integer.MAX_VALUE),
        METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG);
  }

  private static void backoffs(Translation to) {
    AbstractConfig config = to.config();
    int reconnect =
        to.clamp(
            RECONNECT_BACKOFF_MS_CONFIG,
            config.getLong(RECONNECT_BACKOFF_MS_CONFIG),
            0,
            Translation.LONGEST_MS);
    int reconnectMax =
        to.clamp(
            RECONNECT_BACKOFF_MAX_MS_CONFIG,
            config.getLong(RECONNECT_BACKOFF_MAX_MS_CONFIG),
            0,
            Translation.LONGEST_MS);
    to.set("reconnect.backoff.ms", reconnect, RECONNECT_BACKOFF_MS_CONFIG);
    to.set(
        "reconnect.backoff.max.ms",
        Math.max(reconnect, reconnectMax),
        RECONNECT_BACKOFF_MAX_MS_CONFIG);

    int retryMax =
        to.clamp(
            RETRY_BACKOFF_MAX_MS_CONFIG, config.getLong(RETRY_BACKOFF_MAX_MS_CONFIG), 1, 300_000);
    int retry =
        to.clamp(RETRY_BACKOFF_MS_CONFIG, config.getLong(RETRY_BACKOFF_MS_CONFIG), 1, 300_000);
    // Where the first is above the maximum, Kafka waits the maximum each time (and says so).
    to.set("retry.backoff.ms", Math.min(retry, retryMax), RETRY_BACKOFF_MS_CONFIG);
    to.set("retry.backoff.max.ms", retryMax, RETRY_BACKOFF_MAX_MS_CONFIG);
  }

  private static void sockets(Translation to) {
    AbstractConfig config = to.config();
    long idle = config.getLong(CONNECTIONS_MAX_IDLE_MS_CONFIG);
    // librdkafka's 0 is "never"; below a second it would cut requests that are in flight.
    to.set(
        "connections.max.idle.ms",
        idle < 0 ? 0 : to.clamp(CONNECTIONS_MAX_IDLE_MS_CONFIG, idle, 1000, Integer.MAX_VALUE),
        CONNECTIONS_MAX_IDLE_MS_CONFIG);

    // One fixed value against Kafka's growing one: the largest the user allows.
    long base = config.getLong(SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG);
    long max = config.getLong(SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG);
    String setupKey =
        to.isSetByUser(SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG)
                && !to.isSetByUser(SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG)
            ? SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG
            : SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG;
    long setup = setupKey.equals(SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG) ? base : max;
    to.set(
        "socket.connection.setup.timeout.ms",
        to.clamp(setupKey, setup, 1000, Integer.MAX_VALUE),
        setupKey);

    buffer(to, SEND_BUFFER_CONFIG, "socket.send.buffer.bytes");
    buffer(to, RECEIVE_BUFFER_CONFIG, "socket.receive.buffer.bytes");
  }

  /** Kafka's own default would switch off the kernel's tuning: only the user's value counts. */
  private static void buffer(Translation to, String key, String name) {
    int size = to.config().getInt(key);
    if (to.isSetByUser(key)) {
      to.set(name, size < 0 ? 0 : to.clamp(key, size, 0, 100_000_000), key);
    }
  }
}
