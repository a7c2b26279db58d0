package io.github.rdkafka.internal.metadata;

import io.github.rdkafka.bindings.librdkafka.rd_kafka_metadata;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_metadata_broker;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_metadata_partition;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_metadata_topic;
import io.github.rdkafka.internal.natives.Memory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;

/** Copies an {@code rd_kafka_metadata_t} out of native memory. */
final class MetadataReader {
  private static final Node[] NO_NODES = {};

  private final Map<Integer, Node> brokers = new LinkedHashMap<>();

  private MetadataReader() {}

  static MetadataSnapshot read(long metadata) {
    MetadataReader reader = new MetadataReader();
    reader.readBrokers(metadata);
    List<MetadataSnapshot.Topic> topics = new ArrayList<>();
    int count = Memory.int32(metadata + rd_kafka_metadata.topic_cnt$offset());
    long topic = Memory.address(metadata + rd_kafka_metadata.topics$offset());
    for (int i = 0; i < count; i++) {
      topics.add(reader.readTopic(topic));
      topic += rd_kafka_metadata_topic.layout().byteSize();
    }
    return new MetadataSnapshot(List.copyOf(reader.brokers.values()), topics);
  }

  private void readBrokers(long metadata) {
    int count = Memory.int32(metadata + rd_kafka_metadata.broker_cnt$offset());
    long broker = Memory.address(metadata + rd_kafka_metadata.brokers$offset());
    for (int i = 0; i < count; i++) {
      int id = Memory.int32(broker + rd_kafka_metadata_broker.id$offset());
      String host = Memory.string(Memory.address(broker + rd_kafka_metadata_broker.host$offset()));
      int port = Memory.int32(broker + rd_kafka_metadata_broker.port$offset());
      brokers.put(id, new Node(id, host, port));
      broker += rd_kafka_metadata_broker.layout().byteSize();
    }
  }

  private MetadataSnapshot.Topic readTopic(long topic) {
    String name = Memory.string(Memory.address(topic + rd_kafka_metadata_topic.topic$offset()));
    List<PartitionInfo> partitions = new ArrayList<>();
    int count = Memory.int32(topic + rd_kafka_metadata_topic.partition_cnt$offset());
    long partition = Memory.address(topic + rd_kafka_metadata_topic.partitions$offset());
    for (int i = 0; i < count; i++) {
      partitions.add(readPartition(name, partition));
      partition += rd_kafka_metadata_partition.layout().byteSize();
    }
    partitions.sort(Comparator.comparingInt(PartitionInfo::partition));
    int error = Memory.int32(topic + rd_kafka_metadata_topic.err$offset());
    return new MetadataSnapshot.Topic(name, error, partitions);
  }

  private PartitionInfo readPartition(String topic, long at) {
    return new PartitionInfo(
        topic,
        Memory.int32(at + rd_kafka_metadata_partition.id$offset()),
        brokers.get(Memory.int32(at + rd_kafka_metadata_partition.leader$offset())),
        nodes(
            Memory.address(at + rd_kafka_metadata_partition.replicas$offset()),
            Memory.int32(at + rd_kafka_metadata_partition.replica_cnt$offset())),
        nodes(
            Memory.address(at + rd_kafka_metadata_partition.isrs$offset()),
            Memory.int32(at + rd_kafka_metadata_partition.isr_cnt$offset())),
        NO_NODES);
  }

  private Node[] nodes(long ids, int count) {
    Node[] nodes = new Node[count];
    for (int i = 0; i < count; i++) {
      int id = Memory.int32(ids + (long) i * Integer.BYTES);
      nodes[i] = brokers.getOrDefault(id, new Node(id, "", -1));
    }
    return nodes;
  }
}
