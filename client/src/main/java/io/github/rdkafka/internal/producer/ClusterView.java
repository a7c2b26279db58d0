package io.github.rdkafka.internal.producer;

import io.github.rdkafka.internal.metadata.MetadataSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.internals.ClusterResourceListeners;

/** Kafka's {@link Cluster}, for partitioners, and its id, for those who listen for it. */
final class ClusterView {
  private final ClusterResourceListeners listeners;
  private volatile List<Node> brokers = List.of();
  private volatile String id;
  private volatile Cluster cached;

  ClusterView(ClusterResourceListeners listeners) {
    this.listeners = listeners;
  }

  boolean knowsId() {
    return id != null;
  }

  /**
   * Takes note of an answer; runs the listeners when the id comes to be known.
   *
   * @param knownId null if it is not known, or known already
   */
  void answered(MetadataSnapshot snapshot, String knownId) {
    brokers = snapshot.brokers();
    if (id == null && knownId != null) {
      id = knownId;
      listeners.onUpdate(new ClusterResource(knownId));
    }
  }

  /** The views of topics have changed. */
  void invalidate() {
    cached = null;
  }

  Cluster cluster(Collection<Topic> topics) {
    Cluster cluster = cached;
    if (cluster == null) {
      List<PartitionInfo> partitions = new ArrayList<>();
      for (Topic topic : topics) {
        TopicView view = topic.view();
        if (view != null) {
          partitions.addAll(view.infos());
        }
      }
      cluster = new Cluster(id, brokers, partitions, Set.of(), Set.of());
      cached = cluster;
    }
    return cluster;
  }
}
