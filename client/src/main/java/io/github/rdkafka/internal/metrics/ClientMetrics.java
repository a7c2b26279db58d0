package io.github.rdkafka.internal.metrics;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetricsContext;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;

/**
 * One client's metrics: Kafka's registry, with the reporters that the configuration names. Safe for
 * use by many threads.
 */
public final class ClientMetrics {
  private static final long ROLL_MILLIS = 1000;

  private final String kind;
  private final String clientId;
  private final Metrics registry;
  private final JmxReports jmx;
  private final Set<Meter> meters = ConcurrentHashMap.newKeySet();
  private boolean hasAppInfo;
  private Set<String> ownAppInfo = Set.of();
  private boolean closed;
  private long lastRollMs;

  private ClientMetrics(String kind, String clientId, Metrics registry, JmxReports jmx) {
    this.kind = kind;
    this.clientId = clientId;
    this.registry = registry;
    this.jmx = jmx;
  }

  /**
   * Makes the registry, and the reporters, which are configured and told of its context. MBeans
   * come with {@link #opened}.
   *
   * @param kind {@code producer} or {@code consumer}: the first part of the groups' names
   */
  public static ClientMetrics open(String kind, AbstractConfig config) {
    String clientId = config.getString(CommonClientConfigs.CLIENT_ID_CONFIG);
    MetricConfig metricConfig =
        new MetricConfig()
            .samples(config.getInt(CommonClientConfigs.METRICS_NUM_SAMPLES_CONFIG))
            .timeWindow(
                config.getLong(CommonClientConfigs.METRICS_SAMPLE_WINDOW_MS_CONFIG),
                TimeUnit.MILLISECONDS)
            .recordLevel(
                Sensor.RecordingLevel.forName(
                    config.getString(CommonClientConfigs.METRICS_RECORDING_LEVEL_CONFIG)))
            .tags(Map.of("client-id", clientId));
    List<MetricsReporter> reporters = CommonClientConfigs.metricsReporters(clientId, config);
    KafkaMetricsContext context =
        new KafkaMetricsContext(
            jmxPrefix(kind),
            config.originalsWithPrefix(CommonClientConfigs.METRICS_CONTEXT_PREFIX));
    JmxReports jmx = JmxReports.takenOutOf(reporters, context);
    return new ClientMetrics(
        kind, clientId, new Metrics(metricConfig, reporters, Time.SYSTEM, context), jmx);
  }

  private static String jmxPrefix(String kind) {
    return "kafka." + kind;
  }

  /** For reading, and for plugins that have metrics of their own. */
  public Metrics registry() {
    return registry;
  }

  String kind() {
    return kind;
  }

  /** {@code producer-metrics} for the suffix {@code metrics}. */
  MetricGroup group(String suffix) {
    return new MetricGroup(this, kind + "-" + suffix);
  }

  /**
   * The client is complete: its metrics become MBeans, and its application information is
   * registered: the version of kafka-clients, as Kafka's clients do, and, as metrics beside it,
   * what it runs on.
   *
   * @param versions by the metrics' names
   */
  public synchronized void opened(Map<String, String> versions) {
    jmx.begin(registry);
    AppInfoParser.registerAppInfo(jmxPrefix(kind), clientId, registry, System.currentTimeMillis());
    hasAppInfo = true;
    versions.forEach(
        (name, version) -> add(appInfo(name), (Gauge<String>) (config, now) -> version));
    ownAppInfo = versions.keySet();
  }

  private MetricName appInfo(String name) {
    return registry.metricName(name, "app-info", "Metric indicating " + name);
  }

  /** Adds a metric, unless it exists or reporters are no longer told. */
  synchronized boolean add(MetricName name, MetricValueProvider<?> provider) {
    if (closed || registry.metric(name) != null) {
      return false;
    }
    registry.addMetric(name, null, provider);
    return true;
  }

  void add(Meter meter) {
    meters.add(meter);
  }

  /** Takes a metric out, unless reporters are no longer told. */
  synchronized void remove(MetricName name) {
    if (!closed) {
      registry.removeMetric(name);
    }
  }

  void remove(Meter meter) {
    meters.remove(meter);
  }

  /** Lets rates see, once a second, what was counted. Called often, by one thread. */
  public void roll() {
    long nowMs = System.currentTimeMillis();
    if (Math.abs(nowMs - lastRollMs) >= ROLL_MILLIS) {
      lastRollMs = nowMs;
      for (Meter meter : meters) {
        meter.roll(registry.config(), nowMs);
      }
    }
  }

  /** Closes the reporters; {@code first} takes the first exception. Metrics can be read still. */
  public void close(AtomicReference<Throwable> first) {
    synchronized (this) {
      // Kafka removes its own afterwards, and with the last one the MBean.
      ownAppInfo.forEach(name -> remove(appInfo(name)));
      closed = true;
    }
    Utils.closeQuietly(registry, kind + " metrics", first);
    Utils.closeQuietly(jmx, kind + " MBeans", first);
    if (hasAppInfo) {
      AppInfoParser.unregisterAppInfo(jmxPrefix(kind), clientId, registry);
    }
  }
}
