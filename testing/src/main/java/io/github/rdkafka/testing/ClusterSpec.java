package io.github.rdkafka.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** What a cluster is to be like. Equal specifications can share one cluster. */
record ClusterSpec(
    int brokers,
    String host,
    List<Listener> listeners,
    Map<String, String> properties,
    Map<Integer, Map<String, String>> brokerProperties,
    List<String> jvmArgs,
    Duration timeout,
    Path logDirectory) {

  /** The listener that every cluster has: for clients and between the brokers. */
  static final String PLAINTEXT = "PLAINTEXT";

  static final String CONTROLLER = "CONTROLLER";

  record Listener(String name, SecurityProtocol protocol, Map<String, String> properties) {

    Listener {
      properties = Map.copyOf(properties);
    }
  }

  ClusterSpec {
    listeners = List.copyOf(listeners);
    properties = Map.copyOf(properties);
    brokerProperties = Map.copyOf(brokerProperties);
    jvmArgs = List.copyOf(jvmArgs);
  }
}
