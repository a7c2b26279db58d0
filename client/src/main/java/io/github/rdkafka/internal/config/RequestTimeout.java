package io.github.rdkafka.internal.config;

import static org.apache.kafka.clients.CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG;

/** What Kafka calls the request timeout. */
final class RequestTimeout {
  static final String SOCKET_TIMEOUT = "socket.timeout.ms";

  private RequestTimeout() {}

  static int socketTimeoutMs(Translation to) {
    return to.clamp(
        REQUEST_TIMEOUT_MS_CONFIG, to.config().getInt(REQUEST_TIMEOUT_MS_CONFIG), 10, 300_000);
  }
}
