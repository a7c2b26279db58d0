package io.github.rdkafka.internal.consumer;

import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.errors.InvalidGroupIdException;

/**
 * The consumer's own part of the configuration: what is done in Java and not by librdkafka. Times
 * are milliseconds.
 *
 * @param groupId empty without {@code group.id}
 * @param staticMember whether there is a {@code group.instance.id}
 * @param hasAssignors whether {@code partition.assignment.strategy} names any
 */
record ConsumerSettings(
    String clientId,
    Optional<String> groupId,
    boolean staticMember,
    boolean hasAssignors,
    int maxPollRecords,
    boolean autoCommit,
    int autoCommitIntervalMs,
    int defaultApiTimeoutMs,
    int requestTimeoutMs,
    long retryBackoffMs,
    long retryBackoffMaxMs,
    boolean readCommitted,
    boolean consumerProtocol,
    long metadataMaxAgeMs,
    boolean excludeInternalTopics,
    StartPolicy startPolicy) {

  static ConsumerSettings of(ConsumerConfig config) {
    return new ConsumerSettings(
        config.getString(ConsumerConfig.CLIENT_ID_CONFIG),
        Optional.ofNullable(config.getString(ConsumerConfig.GROUP_ID_CONFIG)),
        config.getString(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG) != null,
        !config.getList(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG).isEmpty(),
        config.getInt(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
        config.getBoolean(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG),
        config.getInt(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG),
        config.getInt(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG),
        config.getInt(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG),
        config.getLong(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG),
        config.getLong(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG),
        config
            .getString(ConsumerConfig.ISOLATION_LEVEL_CONFIG)
            .toLowerCase(Locale.ROOT)
            .equals("read_committed"),
        config
            .getString(ConsumerConfig.GROUP_PROTOCOL_CONFIG)
            .toLowerCase(Locale.ROOT)
            .equals("consumer"),
        config.getLong(ConsumerConfig.METADATA_MAX_AGE_CONFIG),
        config.getBoolean(ConsumerConfig.EXCLUDE_INTERNAL_TOPICS_CONFIG),
        StartPolicy.parse(config.getString(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG)));
  }

  /** Throws Kafka's exception when there is no group to do something in. */
  void requireGroup() {
    if (groupId.isEmpty()) {
      throw new InvalidGroupIdException(
          "To use the group management or offset commit APIs, you must provide a valid "
              + ConsumerConfig.GROUP_ID_CONFIG
              + " in the consumer configuration.");
    }
  }

  /** Throws Kafka's exception when the group could not distribute partitions. */
  void requireAssignors() {
    if (!hasAssignors) {
      throw new IllegalStateException(
          "Must configure at least one partition assigner class name to "
              + ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG
              + " configuration property");
    }
  }
}
