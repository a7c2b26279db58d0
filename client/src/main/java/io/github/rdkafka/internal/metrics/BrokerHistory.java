package io.github.rdkafka.internal.metrics;

import java.util.HashMap;
import java.util.Map;

/** What the brokers' counters were in the statistics before. */
final class BrokerHistory {
  private static final BrokerCounters NONE = new BrokerCounters();

  private final BrokerCounters changes = new BrokerCounters();
  private Map<String, BrokerCounters> before = new HashMap<>();
  private Map<String, BrokerCounters> current = new HashMap<>();

  /** By how much each counter has grown; valid until the next call. */
  BrokerCounters changes(BrokerStatistics broker) {
    // A broker's name changes when its id becomes known.
    String key = broker.isLogical() ? broker.name : broker.source + " " + broker.nodeName;
    String byId = broker.isLogical() || broker.nodeId < 0 ? key : "id " + broker.nodeId;
    BrokerCounters known = before.getOrDefault(key, before.getOrDefault(byId, NONE));
    changes.setGrowth(broker.counters, known);
    BrokerCounters now = broker.counters.copy();
    current.put(key, now);
    current.put(byId, now);
    return changes;
  }

  /** All brokers have been seen. */
  void end() {
    Map<String, BrokerCounters> reused = before;
    before = current;
    current = reused;
    current.clear();
  }
}
