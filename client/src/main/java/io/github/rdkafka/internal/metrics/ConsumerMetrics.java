package io.github.rdkafka.internal.metrics;

import io.github.rdkafka.internal.config.PartitionAssignors;
import io.github.rdkafka.internal.config.StatisticsInterval;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Measurable;

/**
 * What a consumer measures. Records are counted per poll and partition: nothing here is called for
 * a single record. Its methods belong to the consumer's thread unless they say otherwise.
 */
public final class ConsumerMetrics implements StatisticsListener {
  /** The ends of partitions as the last fetch saw them; any thread may ask. */
  public interface Ends {
    Ends UNKNOWN =
        new Ends() {
          @Override
          public long low(TopicPartition partition) {
            return -1;
          }

          @Override
          public long high(TopicPartition partition) {
            return -1;
          }
        };

    /** The first offset; below 0 if not known. */
    long low(TopicPartition partition);

    /** The offset behind the last record; below 0 if not known. */
    long high(TopicPartition partition);
  }

  /** The methods of a rebalance listener. */
  public enum ListenerCall {
    ASSIGNED,
    REVOKED,
    LOST
  }

  /**
   * What decides which metrics there are.
   *
   * @param statistics whether librdkafka sends any
   * @param group whether the consumer is a member of one by itself
   * @param classicProtocol whether its protocol is the classic one
   * @param readCommitted whether lags end at the last stable offset
   */
  public record Settings(
      boolean statistics, boolean group, boolean classicProtocol, boolean readCommitted) {}

  private static final long NEVER = 0;

  private final ClientMetrics owner;
  private final PluginMonitor plugins;
  private final NetworkMetrics network;
  private final FetchMetrics fetches;
  private final CoordinatorMetrics coordinator;
  private final StatisticsReader reader = new StatisticsReader();
  private final MetricGroup pollGroup;
  private final Distribution timeBetweenPolls;
  private final Distribution pollIdleRatio;
  private final LongAdder commitSyncNanos;
  private final LongAdder committedNanos;

  private volatile long lastPollMs = NEVER;
  private long pollStartNanos;
  private long sinceLastPollNanos;
  private long nowMs;

  ConsumerMetrics(ClientMetrics owner, Settings settings) {
    this.owner = owner;
    plugins = new PluginMonitor(owner.registry());
    pollGroup = owner.group("metrics");
    pollGroup.value(
        "last-poll-seconds-ago",
        "The seconds since poll was last called",
        (config, now) ->
            lastPollMs == NEVER
                ? -1
                : TimeUnit.MILLISECONDS.toSeconds(Math.max(0, now - lastPollMs)));
    timeBetweenPolls =
        pollGroup.averageAndMax("time-between-poll", "time in ms between two calls of poll");
    pollIdleRatio =
        pollGroup.average(
            "poll-idle-ratio-avg", "fraction of time spent in poll and not with its records");
    commitSyncNanos = pollGroup.nanos("commit-sync", "commitSync");
    committedNanos = pollGroup.nanos("committed", "committed");
    network = new NetworkMetrics(owner, settings.statistics());
    fetches = new FetchMetrics(owner, settings.statistics(), settings.readCommitted());
    coordinator =
        settings.group()
            ? new CoordinatorMetrics(
                owner, settings.statistics(), settings.classicProtocol(), fetches::assignedCount)
            : null;
  }

  /** Makes the registry and its reporters. */
  public static ConsumerMetrics open(ConsumerConfig config) {
    return new ConsumerMetrics(
        ClientMetrics.open("consumer", config),
        new Settings(
            StatisticsInterval.isOn(config),
            config.getString(ConsumerConfig.GROUP_ID_CONFIG) != null
                && PartitionAssignors.areNative(config),
            config.getString(ConsumerConfig.GROUP_PROTOCOL_CONFIG).equalsIgnoreCase("classic"),
            config
                .getString(ConsumerConfig.ISOLATION_LEVEL_CONFIG)
                .equalsIgnoreCase("read_committed")));
  }

  /** For the user's interceptors and deserializers. */
  public PluginMonitor plugins() {
    return plugins;
  }

  public ClientMetrics client() {
    return owner;
  }

  /** From when on ends can be asked for. */
  public void ends(Ends ends) {
    fetches.ends(ends);
  }

  /** Shows what another client, which is the group's member, measures of the group. */
  public void group(Map<MetricName, ? extends Metric> measured) {
    measured.forEach(
        (name, metric) -> {
          if (name.group().equals(owner.kind() + "-coordinator-metrics")) {
            owner.add(name, (Measurable) (config, now) -> (double) metric.metricValue());
          }
        });
  }

  public void pollStarted() {
    long nanos = System.nanoTime();
    long millis = System.currentTimeMillis();
    sinceLastPollNanos = lastPollMs == NEVER ? 0 : nanos - pollStartNanos;
    pollStartNanos = nanos;
    lastPollMs = millis;
    timeBetweenPolls.record((double) TimeUnit.NANOSECONDS.toMillis(sinceLastPollNanos), millis);
  }

  /** Kafka's ratio: time in this poll to that and the time since the poll before it began. */
  public void pollEnded() {
    long inPoll = System.nanoTime() - pollStartNanos;
    double ratio = (double) inPoll / Math.max(1, inPoll + sinceLastPollNanos);
    pollIdleRatio.record(ratio, lastPollMs);
  }

  public PartitionMetrics assigned(TopicPartition partition) {
    return fetches.assigned(partition);
  }

  public void revoked(PartitionMetrics partition) {
    fetches.revoked(partition);
  }

  public void commitSyncReturned(long nanos) {
    commitSyncNanos.add(nanos);
  }

  public void committedReturned(long nanos) {
    committedNanos.add(nanos);
  }

  /** A commit was answered, well or not; any thread. */
  public void commitAnswered(long nanos) {
    if (coordinator != null) {
      coordinator.committed(TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }

  /** The consumer wants other partitions than it has; until {@link #rebalanceEnded}. */
  public void rebalanceBegun() {
    if (coordinator != null) {
      coordinator.rebalanceBegun();
    }
  }

  public void rebalanceEnded() {
    if (coordinator != null) {
      coordinator.rebalanceEnded();
    }
  }

  public void listenerReturned(ListenerCall call, long nanos) {
    if (coordinator != null) {
      coordinator.listenerReturned(call, TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }

  /** Any thread. */
  public void authenticationFailed() {
    network.authenticationFailed();
  }

  /** Takes librdkafka's statistics; on the event loop's thread. */
  public void statistics(byte[] json, int length) {
    nowMs = System.currentTimeMillis();
    network.begin();
    reader.read(json, length, this);
  }

  @Override
  public void broker(BrokerStatistics broker) {
    BrokerCounters changes = network.take(broker, nowMs);
    fetches.take(broker, changes, nowMs);
    if (coordinator != null) {
      coordinator.take(broker, changes, nowMs);
    }
  }

  @Override
  public void partition(PartitionStatistics partition) {
    if (partition.number >= 0) {
      fetches.take(partition);
    }
  }

  @Override
  public void topic(TopicStatistics topic) {
    fetches.take(topic, nowMs);
  }

  @Override
  public void end() {
    network.end();
  }

  /**
   * Closes the reporters, after taking out what Kafka's consumer takes out then; {@code first}
   * takes the first exception.
   */
  public void close(AtomicReference<Throwable> first) {
    plugins.close();
    pollGroup.remove();
    owner.close(first);
  }
}
