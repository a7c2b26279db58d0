package org.example;

import io.github.rdkafka.MockCluster;
import io.github.rdkafka.examples.HelloKafka;

/** README's program, with librdkafka's mock cluster for a broker. */
public final class HelloOnMockCluster {
  public static void main(String[] args) {
    try (MockCluster cluster = MockCluster.start(1)) {
      HelloKafka.main(new String[] {cluster.bootstrapServers()});
    }
  }
}
