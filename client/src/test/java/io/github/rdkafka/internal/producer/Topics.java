package io.github.rdkafka.internal.producer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;

/** Topics that exist in these tests only. */
final class Topics {
  private static final Node BROKER = new Node(1, "localhost", 9092);

  private Topics() {}

  static TopicView view(String topic, int partitions) {
    return view(topic, partitions, Set.of());
  }

  static TopicView view(String topic, int partitions, Set<Integer> withoutLeader) {
    List<PartitionInfo> infos = new ArrayList<>();
    Node[] replicas = {BROKER};
    for (int i = 0; i < partitions; i++) {
      Node leader = withoutLeader.contains(i) ? null : BROKER;
      infos.add(new PartitionInfo(topic, i, leader, replicas, replicas));
    }
    return TopicView.of(topic, 0, null, infos, null);
  }
}
