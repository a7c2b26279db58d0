package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.KeyTable.java;
import static io.github.rdkafka.internal.config.KeyTable.noEffect;
import static io.github.rdkafka.internal.config.KeyTable.refused;
import static io.github.rdkafka.internal.config.KeyTable.translated;

import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The consumer's keys. */
final class ConsumerKeys {
  private static final KeyTable OWN =
      KeyTable.of(
          java(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "runs in poll()"),
          java(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "runs in poll()"),
          java(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, "run in poll() and on commit"),
          translated(ConsumerConfig.GROUP_ID_CONFIG, "a made-up one where the user has none"),
          translated(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "same"),
          translated(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "in lower case"),
          translated(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, "with the consumer protocol"),
          translated(
              ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
              "class names become names; entries of the first one's kind only. With others Kafka's"
                  + " client is the group's member"),
          translated(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "with the classic protocol"),
          translated(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "with the classic protocol"),
          translated(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, "at least session.timeout.ms"),
          java(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "limits one poll()"),
          java(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "bounds blocking calls"),
          java(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "done in poll(), off in librdkafka"),
          java(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, "done in poll()"),
          translated(
              ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
              "error, whatever the policy: positions are found in Java"),
          translated(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "same"),
          translated(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "same"),
          java(ConsumerConfig.EXCLUDE_INTERNAL_TOPICS_CONFIG, "in subscribe(Pattern)"),
          translated(ConsumerConfig.CHECK_CRCS_CONFIG, "same"),
          translated(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "at least 1"),
          translated(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "is fetch.wait.max.ms there"),
          translated(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "message.max.bytes follows it"),
          translated(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "same"),
          translated(ConsumerConfig.CLIENT_RACK_CONFIG, "same"),
          noEffect(
              "internal.throw.on.fetch.stable.offset.unsupported",
              "concerns brokers older than Kafka 2.5"),
          refused(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "by Kafka's own parser"),
          refused(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "by Kafka's own parser"));

  static final KeyTable TABLE = CommonKeys.TABLE.plus(TlsKeys.TABLE).plus(SaslKeys.TABLE).plus(OWN);

  private ConsumerKeys() {}

  /** The part that takes effect whatever the security protocol is. */
  static void markWithoutEffect(Translation translation) {
    translation.markWithoutEffect(OWN);
  }
}
