package io.github.rdkafka.it;

import io.github.rdkafka.testing.KafkaCluster;
import java.util.UUID;

/** One broker for all test classes of this JVM; it ends with the JVM. */
public final class SharedCluster {
  private static KafkaCluster cluster;

  private SharedCluster() {}

  public static synchronized KafkaCluster get() {
    if (cluster == null) {
      cluster = KafkaCluster.start();
    }
    return cluster;
  }

  /** A new topic with a name of its own. */
  public static String newTopic(int partitions) {
    String topic = "t-" + UUID.randomUUID();
    get().createTopic(topic, partitions);
    return topic;
  }
}
