package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.LiveObjects;
import io.github.rdkafka.internal.natives.Memory;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.TopicPartitionList;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This member's place in its group. */
final class GroupView {
  private static final Logger LOG = LoggerFactory.getLogger(GroupView.class);

  private final NativeClient client;
  private final ConsumerSettings settings;
  private final Subscription subscription;

  GroupView(NativeClient client, ConsumerSettings settings, Subscription subscription) {
    this.client = client;
    this.settings = settings;
    this.subscription = subscription;
  }

  // Kafka means to close this constructor to users of its own consumer; another consumer needs it.
  @SuppressWarnings("removal")
  ConsumerGroupMetadata metadata() {
    settings.requireGroup();
    MemorySegment metadata = rd_kafka_consumer_group_metadata(client.segment());
    LiveObjects.created();
    try {
      String member = Memory.string(rd_kafka_consumer_group_metadata_member_id(metadata));
      return new ConsumerGroupMetadata(
          settings.groupId().orElseThrow(),
          rd_kafka_consumer_group_metadata_generation_id(metadata),
          member == null ? "" : member,
          Optional.ofNullable(
              Memory.string(rd_kafka_consumer_group_metadata_group_instance_id(metadata))));
    } finally {
      rd_kafka_consumer_group_metadata_destroy(metadata);
      LiveObjects.destroyed();
    }
  }

  /** What the group calls this member; empty when it is none. */
  static String memberId(NativeClient client) {
    MemorySegment metadata = rd_kafka_consumer_group_metadata(client.segment());
    if (metadata.address() == 0) {
      return "";
    }
    LiveObjects.created();
    try {
      String member = Memory.string(rd_kafka_consumer_group_metadata_member_id(metadata));
      return member == null ? "" : member;
    } finally {
      rd_kafka_consumer_group_metadata_destroy(metadata);
      LiveObjects.destroyed();
    }
  }

  /** Joins the group anew where the protocol allows it; librdkafka knows no reason to give. */
  void enforceRebalance() {
    if (settings.consumerProtocol()) {
      LOG.warn("Operation not supported in new consumer group protocol");
      return;
    }
    if (settings.groupId().isEmpty()) {
      throw new IllegalStateException(
          "Tried to force a rebalance but consumer does not have a group.");
    }
    String protocol = Memory.string(rd_kafka_rebalance_protocol(client.segment()));
    if (!"EAGER".equals(protocol) || subscription.topics().isEmpty()) {
      LOG.warn("A rebalance cannot be enforced with rebalance protocol {}", protocol);
      return;
    }
    try (TopicPartitionList list = TopicPartitionList.ofTopics(subscription.topics())) {
      KafkaErrors.check(rd_kafka_subscribe(client.segment(), list.segment()));
    }
  }
}
