package io.github.rdkafka.internal.metrics;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.MetricsContext;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * The reporters that make MBeans. They begin when all metrics of a new client are there: otherwise
 * each metric registers its MBean anew, and the client waits for the platform's MBean server, which
 * takes a hundred milliseconds to make, before it connects.
 */
final class JmxReports implements AutoCloseable {
  private static final AtomicBoolean SERVER_IS_MADE = new AtomicBoolean();

  private final List<MetricsReporter> waiting;

  private JmxReports(List<MetricsReporter> waiting) {
    this.waiting = waiting;
  }

  /** Takes these reporters out of a list, and tells them of the context. */
  static JmxReports takenOutOf(List<MetricsReporter> reporters, MetricsContext context) {
    List<MetricsReporter> jmx = new ArrayList<>(reporters);
    jmx.removeIf(reporter -> reporter.getClass() != JmxReporter.class);
    reporters.removeAll(jmx);
    if (!jmx.isEmpty()) {
      makeServer();
    }
    jmx.forEach(reporter -> reporter.contextChange(context));
    return new JmxReports(jmx);
  }

  private static void makeServer() {
    if (SERVER_IS_MADE.get() || !SERVER_IS_MADE.compareAndSet(false, true)) {
      return;
    }
    try {
      Thread.ofPlatform()
          .daemon()
          .name("rdkafka-jmx")
          .start(
              () -> {
                try {
                  ManagementFactory.getPlatformMBeanServer();
                } catch (Throwable failure) {
                  // the reporter tells it again
                }
              });
    } catch (Throwable noThread) {
      // then it is made when it is needed
    }
  }

  /** Tells the reporters of all metrics, those that come later included. */
  void begin(Metrics registry) {
    // as registering a metric does
    synchronized (registry) {
      waiting.forEach(registry::addReporter);
    }
    waiting.clear();
  }

  /** Those that have not begun; the registry closes the others. */
  @Override
  public void close() {
    waiting.forEach(MetricsReporter::close);
    waiting.clear();
  }
}
