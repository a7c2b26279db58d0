package io.github.rdkafka.internal.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.common.utils.Utils;

/**
 * Gives the user's plugins metrics of their own, where they want that and kafka-clients knows it:
 * from 4.1 on.
 */
public final class PluginMonitor {
  private static final boolean SUPPORTED = exists("org.apache.kafka.common.metrics.Monitorable");

  private final Metrics registry;
  private final List<AutoCloseable> monitored = new ArrayList<>();

  /**
   * Monitors nothing yet.
   *
   * @param registry where the plugins' metrics are shown
   */
  public PluginMonitor(Metrics registry) {
    this.registry = registry;
  }

  private static boolean exists(String className) {
    try {
      return Class.forName(className, false, Metrics.class.getClassLoader()).isInterface();
    } catch (ClassNotFoundException older) {
      return false;
    }
  }

  /**
   * Tells a plugin of its metrics.
   *
   * @param key the configuration's key that names the plugin's class
   */
  public void add(String key, Object plugin) {
    if (SUPPORTED && plugin instanceof Monitorable monitorable) {
      monitored.add(From41.monitor(monitorable, registry, key));
    }
  }

  /** A class of its own: older versions lack what the verifier loads with it. */
  private static final class From41 {
    private From41() {}

    // The argument's class keeps older versions from needing what is inside.
    static AutoCloseable monitor(Monitorable plugin, Metrics registry, String key) {
      Map<String, String> tags = new LinkedHashMap<>();
      tags.put("config", key);
      tags.put("class", plugin.getClass().getSimpleName());
      PluginMetricsImpl metrics = new PluginMetricsImpl(registry, tags);
      plugin.withPluginMetrics(metrics);
      return metrics;
    }
  }

  /** Takes the plugins' metrics out. */
  public void close() {
    monitored.forEach(metrics -> Utils.closeQuietly(metrics, "plugin metrics"));
    monitored.clear();
  }
}
