package io.github.rdkafka.internal.config;

import static org.apache.kafka.clients.producer.ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.TRANSACTIONAL_ID_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * A producer's timeouts: linger, request, delivery and transaction, which librdkafka relates to
 * each other more strictly than Kafka.
 */
final class DeliveryTranslation {
  /** librdkafka compares with 100 more, in 32 bits. */
  private static final int LONGEST_TRANSACTION_MS = Integer.MAX_VALUE - 100;

  private DeliveryTranslation() {}

  static void apply(Translation to) {
    AbstractConfig config = to.config();
    int delivery = deliveryTimeoutMs(to);
    int request = config.getInt(REQUEST_TIMEOUT_MS_CONFIG);
    int socket = RequestTimeout.socketTimeoutMs(to);

    String transactionalId = config.getString(TRANSACTIONAL_ID_CONFIG);
    if (transactionalId != null) {
      int transaction =
          to.clamp(
              TRANSACTION_TIMEOUT_CONFIG,
              config.getInt(TRANSACTION_TIMEOUT_CONFIG),
              1000,
              LONGEST_TRANSACTION_MS);
      to.set("transactional.id", transactionalId, TRANSACTIONAL_ID_CONFIG);
      to.set("transaction.timeout.ms", transaction, TRANSACTION_TIMEOUT_CONFIG);
      delivery = capped(to, DELIVERY_TIMEOUT_MS_CONFIG, delivery, transaction);
      socket = capped(to, REQUEST_TIMEOUT_MS_CONFIG, socket, transaction);
    }

    int linger = to.clamp(LINGER_MS_CONFIG, config.getLong(LINGER_MS_CONFIG), 0, 900_000);
    to.set("linger.ms", Math.min(linger, delivery - 1), LINGER_MS_CONFIG);
    to.set("message.timeout.ms", delivery, DELIVERY_TIMEOUT_MS_CONFIG);
    to.set(RequestTimeout.SOCKET_TIMEOUT, socket, REQUEST_TIMEOUT_MS_CONFIG);
    // Under Kafka's name librdkafka has the broker's time to collect acknowledgements.
    to.set("request.timeout.ms", Math.clamp(request, 1, 900_000), REQUEST_TIMEOUT_MS_CONFIG);
  }

  /** Kafka's rule and words; librdkafka's 0 would be "never", hence at least 1. */
  private static int deliveryTimeoutMs(Translation to) {
    AbstractConfig config = to.config();
    int delivery = config.getInt(DELIVERY_TIMEOUT_MS_CONFIG);
    long linger = Math.min(config.getLong(LINGER_MS_CONFIG), Integer.MAX_VALUE);
    int least = Math.clamp(linger + config.getInt(REQUEST_TIMEOUT_MS_CONFIG), 0, Integer.MAX_VALUE);
    if (delivery < least) {
      String rule =
          DELIVERY_TIMEOUT_MS_CONFIG
              + " should be equal to or larger than "
              + LINGER_MS_CONFIG
              + " + "
              + REQUEST_TIMEOUT_MS_CONFIG;
      if (to.isSetByUser(DELIVERY_TIMEOUT_MS_CONFIG)) {
        throw new ConfigException(rule);
      }
      to.warn("{}. Setting it to {}.", rule, least);
      delivery = least;
    }
    return Math.max(1, delivery);
  }

  private static int capped(Translation to, String key, int value, int transactionTimeoutMs) {
    if (value > transactionTimeoutMs && to.isSetByUser(key)) {
      to.warnReplaced(
          key,
          value,
          transactionTimeoutMs,
          "a transactional producer needs at most " + TRANSACTION_TIMEOUT_CONFIG);
    }
    return Math.min(value, transactionTimeoutMs);
  }
}
