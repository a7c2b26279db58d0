package io.github.rdkafka.testing;

import io.github.rdkafka.testing.ClusterSpec.Listener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The {@code server.properties} of a cluster's brokers. */
final class BrokerProperties {

  private static final String BIND = Ports.LOOPBACK.getHostAddress();

  private final ClusterSpec spec;

  /** Broker by broker, and of each in the order of {@link #names}. */
  private final List<Integer> ports;

  BrokerProperties(ClusterSpec spec, List<Integer> ports) {
    this.spec = spec;
    this.ports = List.copyOf(ports);
  }

  /** How many ports such a cluster needs. */
  static int portsOf(ClusterSpec spec) {
    return spec.brokers() * (2 + spec.listeners().size());
  }

  int port(int broker, String listener) {
    List<String> names = names();
    int place = names.indexOf(listener.toUpperCase(Locale.ROOT));
    if (place < 0) {
      throw new IllegalArgumentException("no listener " + listener + " among " + names);
    }
    return ports.get((broker - 1) * names.size() + place);
  }

  /** The listeners' names, the controllers' included. */
  List<String> names() {
    List<String> names = new ArrayList<>(List.of(ClusterSpec.CONTROLLER, ClusterSpec.PLAINTEXT));
    spec.listeners().forEach(l -> names.add(l.name()));
    return names;
  }

  Properties of(int broker, Path data) {
    Properties all = new Properties();
    all.putAll(defaults());
    all.putAll(spec.properties());
    all.putAll(spec.brokerProperties().getOrDefault(broker, Map.of()));
    for (Listener listener : spec.listeners()) {
      String prefix = "listener.name." + listener.name().toLowerCase(Locale.ROOT) + ".";
      listener.properties().forEach((key, value) -> all.put(prefix + key, value));
    }
    all.put("process.roles", "broker,controller");
    all.put("node.id", String.valueOf(broker));
    all.put("log.dirs", data.toString());
    all.put("controller.quorum.voters", voters());
    all.put("controller.listener.names", ClusterSpec.CONTROLLER);
    all.put("listeners", listeners(broker, BIND, names()));
    all.put(
        "advertised.listeners", listeners(broker, spec.host(), names().subList(1, names().size())));
    all.put("listener.security.protocol.map", protocols());
    return all;
  }

  /** Small, and as quick as a test wants it; all else is Kafka's default. */
  private Map<String, String> defaults() {
    String replicas = String.valueOf(spec.brokers());
    String minIsr = String.valueOf(Math.min(2, spec.brokers()));
    return Map.ofEntries(
        Map.entry("inter.broker.listener.name", ClusterSpec.PLAINTEXT),
        Map.entry("offsets.topic.num.partitions", "4"),
        Map.entry("offsets.topic.replication.factor", replicas),
        Map.entry("transaction.state.log.num.partitions", "4"),
        Map.entry("transaction.state.log.replication.factor", replicas),
        Map.entry("transaction.state.log.min.isr", minIsr),
        Map.entry("share.coordinator.state.topic.num.partitions", "4"),
        Map.entry("share.coordinator.state.topic.replication.factor", replicas),
        Map.entry("share.coordinator.state.topic.min.isr", minIsr),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("group.min.session.timeout.ms", "1000"),
        Map.entry("group.consumer.min.heartbeat.interval.ms", "500"),
        Map.entry("group.consumer.heartbeat.interval.ms", "500"),
        Map.entry("broker.heartbeat.interval.ms", "500"),
        Map.entry("broker.session.timeout.ms", "3000"),
        Map.entry("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20)));
  }

  private String voters() {
    List<String> voters = new ArrayList<>();
    for (int id = 1; id <= spec.brokers(); id++) {
      voters.add(id + "@" + BIND + ":" + port(id, ClusterSpec.CONTROLLER));
    }
    return String.join(",", voters);
  }

  private String listeners(int broker, String host, List<String> names) {
    List<String> listeners = new ArrayList<>();
    for (String name : names) {
      listeners.add(name + "://" + host + ":" + port(broker, name));
    }
    return String.join(",", listeners);
  }

  private String protocols() {
    StringBuilder protocols = new StringBuilder("CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
    for (Listener listener : spec.listeners()) {
      protocols.append(',').append(listener.name()).append(':').append(listener.protocol().name);
    }
    return protocols.toString();
  }
}
