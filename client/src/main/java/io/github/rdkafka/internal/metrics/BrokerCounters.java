package io.github.rdkafka.internal.metrics;

/** What librdkafka counts per broker, from a client's beginning on or during a while. */
final class BrokerCounters {
  /** Requests. */
  long sent;

  long sentBytes;

  /** Responses. */
  long received;

  long receivedBytes;
  long connects;
  long disconnects;

  // Requests of some kinds.
  long fetches;
  long joins;
  long syncs;
  long heartbeats;

  /** Requests of kinds that the statistics do not name. */
  long unnamed;

  /** Becomes what has come to {@code before} until {@code now}. */
  void setGrowth(BrokerCounters now, BrokerCounters before) {
    sent = growth(now.sent, before.sent);
    sentBytes = growth(now.sentBytes, before.sentBytes);
    received = growth(now.received, before.received);
    receivedBytes = growth(now.receivedBytes, before.receivedBytes);
    connects = growth(now.connects, before.connects);
    disconnects = growth(now.disconnects, before.disconnects);
    fetches = growth(now.fetches, before.fetches);
    joins = growth(now.joins, before.joins);
    syncs = growth(now.syncs, before.syncs);
    heartbeats = growth(now.heartbeats, before.heartbeats);
    unnamed = growth(now.unnamed, before.unnamed);
  }

  /** Less than before: counted anew. */
  private static long growth(long now, long before) {
    return now >= before ? now - before : now;
  }

  BrokerCounters copy() {
    BrokerCounters copy = new BrokerCounters();
    copy.setGrowth(this, new BrokerCounters());
    return copy;
  }
}
