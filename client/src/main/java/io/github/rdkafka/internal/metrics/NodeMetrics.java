package io.github.rdkafka.internal.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The connection to one broker: {@code producer-node-metrics} and its like. */
final class NodeMetrics {
  private final Distribution requestSize;
  private final LongAdder requests;
  private final LongAdder responses;
  private final LongAdder outgoing;
  private final LongAdder incoming;
  private final Distribution latency;

  NodeMetrics(ClientMetrics owner, String nodeId) {
    MetricGroup group =
        owner.group("node-metrics").tagged(List.of(Map.of("node-id", "node-" + nodeId)));
    requests = group.meter("request", "requests sent");
    requestSize = group.average("request-size-avg", "size of requests sent, in bytes");
    outgoing = group.meter("outgoing-byte", "bytes sent");
    responses = group.meter("response", "responses received");
    incoming = group.meter("incoming-byte", "bytes received");
    latency = group.averageAndMax("request-latency", "time in ms from a request to its response");
  }

  /** The last part of the node's tag: as Kafka numbers coordinators, to tell them from brokers. */
  static String id(BrokerStatistics broker) {
    long id =
        broker.isGroupCoordinator() && broker.nodeId >= 0
            ? Integer.MAX_VALUE - broker.nodeId
            : broker.nodeId;
    return Long.toString(id);
  }

  void take(BrokerStatistics broker, BrokerCounters changes, long nowMs) {
    long sent = changes.sent;
    long bytes = changes.sentBytes;
    requests.add(sent);
    outgoing.add(bytes);
    responses.add(changes.received);
    incoming.add(changes.receivedBytes);
    if (sent > 0) {
      requestSize.record((double) bytes, sent, (double) bytes / sent, nowMs);
    }
    latency.recordMillis(broker.roundTrip, nowMs);
  }
}
