package io.github.rdkafka.internal.producer;

import java.util.List;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** What was known of a topic's partitions at one time. */
final class TopicView {
  private final String name;
  private final long address;
  private final StickyPartitioner sticky;
  private final List<PartitionInfo> infos;
  private final Partition[] partitions;
  private final Partition[] available;

  private TopicView(
      String name,
      long address,
      StickyPartitioner sticky,
      List<PartitionInfo> infos,
      Partition[] partitions,
      Partition[] available) {
    this.name = name;
    this.address = address;
    this.sticky = sticky;
    this.infos = infos;
    this.partitions = partitions;
    this.available = available;
  }

  /**
   * @param before the view that this one replaces, whose counters go on; null for none
   */
  static TopicView of(
      String name,
      long address,
      StickyPartitioner sticky,
      List<PartitionInfo> infos,
      TopicView before) {
    Partition[] partitions = new Partition[infos.size()];
    int known = before == null ? 0 : Math.min(before.partitions.length, partitions.length);
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = i < known ? before.partitions[i] : new Partition(new TopicPartition(name, i));
    }
    Partition[] available =
        infos.stream()
            .filter(info -> info.leader() != null)
            .map(info -> partitions[info.partition()])
            .toArray(Partition[]::new);
    return new TopicView(name, address, sticky, infos, partitions, available);
  }

  String name() {
    return name;
  }

  StickyPartitioner sticky() {
    return sticky;
  }

  /** Of the {@code rd_kafka_topic_t}. */
  long address() {
    return address;
  }

  int partitionCount() {
    return partitions.length;
  }

  Partition partition(int number) {
    return partitions[number];
  }

  Partition[] partitions() {
    return partitions;
  }

  /** Those with a leader. */
  Partition[] available() {
    return available;
  }

  List<PartitionInfo> infos() {
    return infos;
  }
}
