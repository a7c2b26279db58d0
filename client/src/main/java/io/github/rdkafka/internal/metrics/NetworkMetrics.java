package io.github.rdkafka.internal.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The connections of a client, all together and each by itself. Fed by the event loop alone. */
final class NetworkMetrics {
  private final ClientMetrics owner;
  private final BrokerHistory history = new BrokerHistory();
  private final Map<String, NodeMetrics> nodes = new HashMap<>();

  private final LongAdder connects;
  private final LongAdder disconnects;
  private final LongAdder failedAuthentications;
  private final LongAdder operations;
  private final LongAdder outgoing;
  private final LongAdder incoming;
  private final LongAdder requests;
  private final LongAdder responses;
  private final Distribution requestSize;

  private long connected;
  private volatile long connections;

  /**
   * @param statistics whether librdkafka sends any
   */
  NetworkMetrics(ClientMetrics owner, boolean statistics) {
    this.owner = owner;
    MetricGroup group = owner.group("metrics").knownIf(statistics);
    group.value("connection-count", "The number of connections", (config, now) -> connections);
    connects = group.meter("connection-creation", "attempts to connect");
    disconnects = group.meter("connection-close", "connections closed");
    operations = group.meter("network-io", "requests sent and responses received");
    outgoing = group.meter("outgoing-byte", "bytes sent to all brokers");
    incoming = group.meter("incoming-byte", "bytes received from all brokers");
    requests = group.meter("request", "requests sent");
    responses = group.meter("response", "responses received");
    requestSize = group.average("request-size-avg", "size of requests sent, in bytes");
    failedAuthentications =
        owner.group("metrics").meter("failed-authentication", "failed authentications");
  }

  void authenticationFailed() {
    failedAuthentications.increment();
  }

  /** Brokers follow. */
  void begin() {
    connected = 0;
  }

  /**
   * Takes in one broker.
   *
   * @return by how much each counter has grown; valid until the next call
   */
  BrokerCounters take(BrokerStatistics broker, long nowMs) {
    BrokerCounters changes = history.changes(broker);
    connected += broker.isConnected() ? 1 : 0;
    connects.add(changes.connects);
    disconnects.add(changes.disconnects);
    long sent = changes.sent;
    long bytes = changes.sentBytes;
    long received = changes.received;
    operations.add(sent + received);
    requests.add(sent);
    responses.add(received);
    outgoing.add(bytes);
    incoming.add(changes.receivedBytes);
    if (sent > 0) {
      requestSize.record((double) bytes, sent, (double) bytes / sent, nowMs);
      nodes
          .computeIfAbsent(NodeMetrics.id(broker), id -> new NodeMetrics(owner, id))
          .take(broker, changes, nowMs);
    }
    return changes;
  }

  /** All brokers have been taken in. */
  void end() {
    history.end();
    connections = connected;
  }
}
