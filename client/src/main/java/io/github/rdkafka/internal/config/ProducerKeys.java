package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.KeyTable.java;
import static io.github.rdkafka.internal.config.KeyTable.noEffect;
import static io.github.rdkafka.internal.config.KeyTable.refused;
import static io.github.rdkafka.internal.config.KeyTable.translated;

import org.apache.kafka.clients.producer.ProducerConfig;

/** The producer's keys. */
final class ProducerKeys {
  private static final KeyTable OWN =
      KeyTable.of(
          java(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "runs in send()"),
          java(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "runs in send()"),
          java(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, "run in send() and on acknowledgement"),
          translated(ProducerConfig.ACKS_CONFIG, "all is -1"),
          translated(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "as Kafka completes it"),
          translated(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "same"),
          translated(ProducerConfig.RETRIES_CONFIG, "is message.send.max.retries there"),
          translated(ProducerConfig.LINGER_MS_CONFIG, "below the delivery timeout"),
          translated(ProducerConfig.BATCH_SIZE_CONFIG, "1000000 unless the user sets it"),
          java(ProducerConfig.BUFFER_MEMORY_CONFIG, "a budget in send(); no limit in librdkafka"),
          java(ProducerConfig.MAX_BLOCK_MS_CONFIG, "bounds send() and transactional calls"),
          translated(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "also checked in send()"),
          translated(ProducerConfig.COMPRESSION_TYPE_CONFIG, "same names"),
          translated(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG, "if the type is gzip"),
          translated(ProducerConfig.COMPRESSION_LZ4_LEVEL_CONFIG, "if the type is lz4"),
          translated(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, "if the type is zstd"),
          translated(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "is message.timeout.ms there"),
          java(ProducerConfig.PARTITIONER_CLASS_CONFIG, "send() always names the partition"),
          java(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "send() names the partition"),
          java(
              ProducerConfig.PARTITIONER_ADAPTIVE_PARTITIONING_ENABLE_CONFIG,
              "send() names the partition"),
          java(
              ProducerConfig.PARTITIONER_AVAILABILITY_TIMEOUT_MS_CONFIG,
              "send() names the partition"),
          translated(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "same"),
          translated(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "at least 1000"),
          refused(
              ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG,
              "two-phase commit is not supported by librdkafka 2.15.1 (InitProducerId v4)"),
          noEffect(ProducerConfig.METADATA_MAX_IDLE_CONFIG, "librdkafka never forgets a topic"));

  static final KeyTable TABLE = CommonKeys.TABLE.plus(TlsKeys.TABLE).plus(SaslKeys.TABLE).plus(OWN);

  private ProducerKeys() {}

  /** The part that takes effect whatever the security protocol is. */
  static void markWithoutEffect(Translation translation) {
    translation.markWithoutEffect(OWN);
  }
}
