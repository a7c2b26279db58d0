package io.github.rdkafka.internal.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** {@code consumer-coordinator-metrics}: the member of a group. */
final class CoordinatorMetrics {
  private static final long NEVER = -1;

  private final boolean classic;
  private final Distribution commitLatency;
  private final LongAdder commits;
  private final Distribution rebalanceLatency;
  private final LongAdder rebalances;
  private final LongAdder rebalanceMillis = new LongAdder();
  private final Distribution assignedLatency;
  private final Distribution revokedLatency;
  private final Distribution lostLatency;
  private final LongAdder joins;
  private final LongAdder syncs;
  private final LongAdder heartbeats;
  private final Distribution heartbeatLatency;

  private long rebalanceStartMs = NEVER;
  private volatile long rebalanceEndMs = NEVER;
  private volatile long heartbeatMs = NEVER;

  /**
   * @param classic whether members join and synchronize, or are assigned by heartbeats alone
   */
  CoordinatorMetrics(
      ClientMetrics owner, boolean statistics, boolean classic, IntSupplier assigned) {
    this.classic = classic;
    MetricGroup group = owner.group("coordinator-metrics");
    group.value(
        "assigned-partitions",
        "The number of partitions assigned",
        (config, now) -> assigned.getAsInt());
    commitLatency = group.averageAndMax("commit-latency", "time in ms of a commit");
    commits = group.meter("commit", "commits");
    rebalanceLatency = group.averageAndMax("rebalance-latency", "time in ms of a rebalance");
    group.value(
        "rebalance-latency-total",
        "The total time in ms of rebalances",
        (config, now) -> rebalanceMillis.sum());
    rebalances = group.hourly("rebalance", "rebalances");
    group.value(
        "last-rebalance-seconds-ago",
        "The seconds since the last rebalance",
        (config, now) -> secondsSince(rebalanceEndMs, now));
    assignedLatency =
        group.averageAndMax("partition-assigned-latency", "time in ms of onPartitionsAssigned");
    revokedLatency =
        group.averageAndMax("partition-revoked-latency", "time in ms of onPartitionsRevoked");
    lostLatency = group.averageAndMax("partition-lost-latency", "time in ms of onPartitionsLost");
    MetricGroup told = group.knownIf(statistics);
    joins = classic ? told.meter("join", "group joins") : new LongAdder();
    syncs = classic ? told.meter("sync", "group syncs") : new LongAdder();
    heartbeats = told.meter("heartbeat", "heartbeats");
    heartbeatLatency = new Distribution(group.config());
    told.value(
        "heartbeat-response-time-max",
        "The longest time in ms until a heartbeat was answered",
        (config, now) -> heartbeatLatency.largest(now));
    told.value(
        "last-heartbeat-seconds-ago",
        "The seconds since the last heartbeat",
        (config, now) -> secondsSince(heartbeatMs, now));
  }

  private static double secondsSince(long thenMs, long nowMs) {
    return thenMs == NEVER ? NEVER : TimeUnit.MILLISECONDS.toSeconds(Math.max(0, nowMs - thenMs));
  }

  void committed(long millis) {
    commits.increment();
    commitLatency.record(millis, System.currentTimeMillis());
  }

  /** A rebalance has begun. On the consumer's thread. */
  void rebalanceBegun() {
    rebalanceStartMs = System.currentTimeMillis();
  }

  /** Partitions are assigned. On the consumer's thread. */
  void rebalanceEnded() {
    long now = System.currentTimeMillis();
    long millis = rebalanceStartMs == NEVER ? 0 : Math.max(0, now - rebalanceStartMs);
    rebalanceStartMs = NEVER;
    rebalanceEndMs = now;
    rebalances.increment();
    rebalanceMillis.add(millis);
    rebalanceLatency.record(millis, now);
  }

  void listenerReturned(ConsumerMetrics.ListenerCall call, long millis) {
    Distribution latency =
        switch (call) {
          case ASSIGNED -> assignedLatency;
          case REVOKED -> revokedLatency;
          case LOST -> lostLatency;
        };
    latency.record(millis, System.currentTimeMillis());
  }

  void take(BrokerStatistics broker, BrokerCounters changes, long nowMs) {
    long joined = changes.joins;
    long synced = changes.syncs;
    joins.add(joined);
    syncs.add(synced);
    if (!broker.isGroupCoordinator()) {
      return;
    }
    // The statistics do not name the heartbeats of the new protocol.
    long beats = classic ? changes.heartbeats : changes.unnamed;
    if (beats > 0) {
      heartbeats.add(beats);
      heartbeatMs = nowMs - Math.max(0, TimeUnit.MICROSECONDS.toMillis(broker.sendIdleMicros));
      // The answer to a join or a sync may be held back until the others have come.
      if (joined == 0 && synced == 0) {
        heartbeatLatency.recordMillis(broker.roundTrip, nowMs);
      }
    }
  }
}
