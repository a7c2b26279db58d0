package io.github.rdkafka.internal.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.stats.Rate;

/** Metrics of one group and, beyond the client's, the same tags. */
final class MetricGroup {
  private final ClientMetrics owner;
  private final String name;
  private final List<Map<String, String>> tags;
  private final boolean known;
  private final List<MetricName> names = new ArrayList<>();
  private final List<Meter> meters = new ArrayList<>();

  MetricGroup(ClientMetrics owner, String name) {
    this(owner, name, List.of(Map.of()), true);
  }

  private MetricGroup(
      ClientMetrics owner, String name, List<Map<String, String>> tags, boolean known) {
    this.owner = owner;
    this.name = name;
    this.tags = tags;
    this.known = known;
  }

  /** The same group with further tags; each metric appears once under each of them. */
  MetricGroup tagged(List<Map<String, String>> variants) {
    return new MetricGroup(owner, name, variants, known);
  }

  /** The same group; unless {@code condition} holds, its metrics are not a number. */
  MetricGroup knownIf(boolean condition) {
    return new MetricGroup(owner, name, tags, condition);
  }

  MetricConfig config() {
    return owner.registry().config();
  }

  void value(String metric, String description, Measurable measurable) {
    for (Map<String, String> variant : tags) {
      MetricName full = owner.registry().metricName(metric, name, description, variant);
      if (owner.add(full, known ? measurable : (Measurable) (config, now) -> Double.NaN)) {
        names.add(full);
      }
    }
  }

  /** A counter, shown as {@code base-total} and, per second, {@code base-rate}. */
  LongAdder meter(String base, String what) {
    LongAdder counter = new LongAdder();
    meter(base, what, counter::sum);
    return counter;
  }

  void meter(String base, String what, LongSupplier total) {
    Meter meter = add(new Meter(total, new Rate(), null));
    value(base + "-rate", "The number of " + what + " per second", meter::rate);
    value(base + "-total", "The total number of " + what, (config, now) -> meter.total());
  }

  /** Nanoseconds that are spent, shown as {@code base-time-ns-total} and {@code base-ratio}. */
  void time(String base, String what, LongSupplier nanos) {
    Meter meter = add(new Meter(nanos, new Rate(TimeUnit.NANOSECONDS), null));
    value(base + "-ratio", "The fraction of time " + what, meter::rate);
    value(
        base + "-time-ns-total",
        "The total time in nanoseconds " + what,
        (config, now) -> meter.total());
  }

  /** As {@link #meter(String, String)}, with the rate per hour, over the last hours. */
  LongAdder hourly(String base, String what) {
    LongAdder counter = new LongAdder();
    MetricConfig hours =
        new MetricConfig().samples(config().samples()).timeWindow(1, TimeUnit.HOURS);
    Meter meter = add(new Meter(counter::sum, new Rate(TimeUnit.HOURS), hours));
    value(base + "-rate-per-hour", "The number of " + what + " per hour", meter::rate);
    value(base + "-total", "The total number of " + what, (config, now) -> meter.total());
    return counter;
  }

  /** A sum of nanoseconds, shown as {@code base-time-ns-total}. */
  LongAdder nanos(String base, String method) {
    LongAdder sum = new LongAdder();
    value(
        base + "-time-ns-total",
        "The total time in nanoseconds spent in " + method,
        (config, now) -> sum.sum());
    return sum;
  }

  /** Values, shown as {@code base-avg} and {@code base-max}. */
  Distribution averageAndMax(String base, String what) {
    Distribution values = average(base + "-avg", what);
    value(base + "-max", "The largest " + what, (config, now) -> values.largest(now));
    return values;
  }

  Distribution average(String metric, String what) {
    Distribution values = new Distribution(config());
    value(metric, "The average " + what, (config, now) -> values.average(now));
    return values;
  }

  private Meter add(Meter meter) {
    meters.add(meter);
    owner.add(meter);
    return meter;
  }

  /** Takes this group's metrics out of the registry. */
  void remove() {
    names.forEach(owner::remove);
    meters.forEach(owner::remove);
    names.clear();
    meters.clear();
  }
}
