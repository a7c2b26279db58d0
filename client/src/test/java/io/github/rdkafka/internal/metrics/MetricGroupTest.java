package io.github.rdkafka.internal.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricGroupTest {
  private final ClientMetrics metrics =
      ClientMetrics.open(
          "producer",
          new ProducerConfig(
              Map.of(
                  "bootstrap.servers",
                  "localhost:1",
                  "client.id",
                  "c",
                  "metric.reporters",
                  "",
                  "key.serializer",
                  StringSerializer.class,
                  "value.serializer",
                  StringSerializer.class)));

  @AfterEach
  void close() {
    metrics.close(new AtomicReference<>());
  }

  private Metric metric(String name) {
    return metrics
        .registry()
        .metric(metrics.registry().metricName(name, "producer-metrics", "", Map.of()));
  }

  private double value(String name) {
    return (double) metric(name).metricValue();
  }

  @Test
  void totalsShowAtOnceWhatWasCounted() {
    LongAdder counter = metrics.group("metrics").meter("record-send", "records");
    assertEquals(0, value("record-send-total"));
    counter.add(60);

    assertEquals(60, value("record-send-total"));
    // Kafka divides by at least one window of 30 seconds.
    assertEquals(2, value("record-send-rate"), 0.1);
  }

  @Test
  void ratesForgetWhatIsLongAgo() {
    MetricConfig config =
        new MetricConfig().samples(2).timeWindow(1000, java.util.concurrent.TimeUnit.MILLISECONDS);
    LongAdder total = new LongAdder();
    Meter meter = new Meter(total::sum, new Rate(), null);
    meter.roll(config, 10_000);
    total.add(100);
    meter.roll(config, 10_500);
    assertTrue(meter.rate(config, 10_600) > 0);
    assertEquals(0, meter.rate(config, 20_000));
    assertEquals(100, meter.total());
  }

  @Test
  void sumsAndSingleValuesMakeOneAverage() {
    Distribution values = metrics.group("metrics").averageAndMax("batch-size", "size");
    assertEquals(Double.NaN, value("batch-size-avg"));
    assertEquals(Double.NaN, value("batch-size-max"));
    long now = System.currentTimeMillis();
    values.record(10L, now);
    values.record(50, 4, 30, now);
    values.record(0, 0, 1000, now);

    assertEquals(12, value("batch-size-avg"));
    assertEquals(30, value("batch-size-max"));
  }

  @Test
  void whatCannotBeKnownIsNotANumber() {
    MetricGroup group = metrics.group("metrics").knownIf(false);
    group.meter("request", "requests").add(5);
    group.averageAndMax("request-latency", "time").record(5L, System.currentTimeMillis());

    assertEquals(Double.NaN, value("request-total"));
    assertEquals(Double.NaN, value("request-rate"));
    assertEquals(Double.NaN, value("request-latency-avg"));
    assertEquals(Double.NaN, value("request-latency-max"));
  }

  @Test
  void eachVariantOfTagsIsShownAndTakenOut() {
    int before = metrics.registry().metrics().size();
    MetricGroup group =
        metrics.group("x").tagged(List.of(Map.of("topic", "a.b"), Map.of("topic", "a_b")));
    group.value("v", "", (config, now) -> 1);
    assertEquals(before + 2, metrics.registry().metrics().size());

    group.remove();
    assertEquals(before, metrics.registry().metrics().size());
  }

  @Test
  void nothingIsAddedAfterTheEnd() {
    metrics.close(new AtomicReference<>());
    metrics.group("metrics").value("late", "", (config, now) -> 1);

    assertNull(metric("late"));
  }
}
