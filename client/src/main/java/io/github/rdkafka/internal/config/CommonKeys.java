package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.KeyTable.java;
import static io.github.rdkafka.internal.config.KeyTable.translated;
import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.CLIENT_DNS_LOOKUP_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.CONNECTIONS_MAX_IDLE_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.METADATA_MAX_AGE_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.METRICS_NUM_SAMPLES_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.METRICS_RECORDING_LEVEL_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.METRICS_SAMPLE_WINDOW_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.RECEIVE_BUFFER_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.SEND_BUFFER_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG;
import static org.apache.kafka.clients.CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.common.config.AbstractConfig.CONFIG_PROVIDERS_CONFIG;
import static org.apache.kafka.common.config.SecurityConfig.SECURITY_PROVIDERS_CONFIG;

/** The keys that every client has, besides those of TLS and SASL. */
final class CommonKeys {
  static final KeyTable TABLE =
      KeyTable.of(
          translated(BOOTSTRAP_SERVERS_CONFIG, "checked by Kafka's code, scheme prefixes removed"),
          translated(CLIENT_ID_CONFIG, "as Kafka completes it"),
          translated(CLIENT_DNS_LOOKUP_CONFIG, "same values"),
          translated(SECURITY_PROTOCOL_CONFIG, "in lower case"),
          translated(METADATA_MAX_AGE_CONFIG, "is topic.metadata.refresh.interval.ms there"),
          translated(METADATA_RECOVERY_STRATEGY_CONFIG, "in lower case"),
          translated(METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG, "same"),
          translated(CONNECTIONS_MAX_IDLE_MS_CONFIG, "negative, never, is 0 there"),
          translated(RECONNECT_BACKOFF_MS_CONFIG, "same"),
          translated(RECONNECT_BACKOFF_MAX_MS_CONFIG, "at least reconnect.backoff.ms"),
          translated(RETRY_BACKOFF_MS_CONFIG, "at most retry.backoff.max.ms"),
          translated(RETRY_BACKOFF_MAX_MS_CONFIG, "same"),
          translated(REQUEST_TIMEOUT_MS_CONFIG, "is socket.timeout.ms there"),
          translated(SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, "one fixed value there"),
          translated(SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, "preferred to the above"),
          translated(SEND_BUFFER_CONFIG, "the system's default unless the user sets it"),
          translated(RECEIVE_BUFFER_CONFIG, "the system's default unless the user sets it"),
          translated(ENABLE_METRICS_PUSH_CONFIG, "pushes librdkafka's own metrics"),
          java(CONFIG_PROVIDERS_CONFIG, "resolved by Kafka's parser before the translation"),
          java(SECURITY_PROVIDERS_CONFIG, "for key stores and Kafka's login code"),
          java(METRIC_REPORTER_CLASSES_CONFIG, "attached to the client's metrics"),
          java(METRICS_NUM_SAMPLES_CONFIG, "of the client's metrics"),
          java(METRICS_SAMPLE_WINDOW_MS_CONFIG, "of the client's metrics"),
          java(METRICS_RECORDING_LEVEL_CONFIG, "of the client's metrics"));

  private CommonKeys() {}
}
