package io.github.rdkafka.internal.metadata;

import java.util.List;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;

/** One answer of the cluster to a metadata request. */
public record MetadataSnapshot(List<Node> brokers, List<Topic> topics) {
  public MetadataSnapshot {
    brokers = List.copyOf(brokers);
    topics = List.copyOf(topics);
  }

  /**
   * What the cluster said about one topic.
   *
   * @param error the protocol's error code, 0 for none
   * @param partitions ordered by partition; empty when there is an error
   */
  public record Topic(String name, int error, List<PartitionInfo> partitions) {
    public Topic {
      partitions = List.copyOf(partitions);
    }
  }
}
