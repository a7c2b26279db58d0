package io.github.rdkafka.it.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.it.SharedCluster;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way in which most applications look at a client's metrics. */
@Timeout(120)
class MicrometerTest {
  /** What dashboards of Kafka's producers show. */
  private static final Set<String> PRODUCER =
      Set.of(
          "kafka.producer.record.send.total",
          "kafka.producer.record.send.rate",
          "kafka.producer.record.error.total",
          "kafka.producer.record.retry.total",
          "kafka.producer.request.latency.avg",
          "kafka.producer.batch.size.avg",
          "kafka.producer.compression.rate.avg",
          "kafka.producer.buffer.available.bytes",
          "kafka.producer.buffer.total.bytes",
          "kafka.producer.waiting.threads",
          "kafka.producer.outgoing.byte.total",
          "kafka.producer.incoming.byte.total",
          "kafka.producer.connection.count",
          "kafka.producer.produce.throttle.time.avg",
          "kafka.producer.topic.byte.total",
          "kafka.producer.node.request.latency.max");

  /** What dashboards of Kafka's consumers show. */
  private static final Set<String> CONSUMER =
      Set.of(
          "kafka.consumer.fetch.manager.records.consumed.total",
          "kafka.consumer.fetch.manager.bytes.consumed.rate",
          "kafka.consumer.fetch.manager.records.lag",
          "kafka.consumer.fetch.manager.records.lag.max",
          "kafka.consumer.fetch.manager.records.lead.min",
          "kafka.consumer.fetch.manager.fetch.latency.avg",
          "kafka.consumer.fetch.manager.fetch.rate",
          "kafka.consumer.coordinator.commit.total",
          "kafka.consumer.coordinator.join.total",
          "kafka.consumer.coordinator.sync.total",
          "kafka.consumer.coordinator.heartbeat.total",
          "kafka.consumer.coordinator.rebalance.total",
          "kafka.consumer.coordinator.assigned.partitions",
          "kafka.consumer.poll.idle.ratio.avg",
          "kafka.consumer.last.poll.seconds.ago",
          "kafka.consumer.incoming.byte.total");

  @Test
  void bindsToBothClients() throws Exception {
    String topic = SharedCluster.newTopic(1);
    MeterRegistry registry = new SimpleMeterRegistry();
    try (Producer<String, String> producer = Clients.OURS.producer(Clients.producerConfig());
        Consumer<String, String> consumer = Clients.OURS.consumer(Clients.consumerConfig());
        KafkaClientMetrics ofProducer = new KafkaClientMetrics(producer);
        KafkaClientMetrics ofConsumer = new KafkaClientMetrics(consumer)) {
      Work.produce(producer, topic);
      consumer.subscribe(List.of(topic));
      Work.read(consumer, Work.RECORDS);
      Work.pollUntil(
          consumer,
          () -> Work.value(consumer.metrics(), "consumer-metrics", "incoming-byte-total") > 0);
      Work.await(() -> Work.hasNodes(producer.metrics()), () -> "no statistics");
      ofProducer.bindTo(registry);
      ofConsumer.bindTo(registry);

      Set<String> names =
          registry.getMeters().stream()
              .map(Meter::getId)
              .map(Meter.Id::getName)
              .collect(Collectors.toSet());
      Set<String> wanted = new TreeSet<>(PRODUCER);
      wanted.addAll(CONSUMER);
      wanted.removeAll(names);
      assertEquals(Set.of(), wanted, () -> "not shown; there are " + new TreeSet<>(names));
      assertEquals(Work.RECORDS, value(registry, "kafka.producer.record.send.total"));
      assertEquals(
          Work.RECORDS, value(registry, "kafka.consumer.fetch.manager.records.consumed.total"));
      assertTrue(value(registry, "kafka.producer.outgoing.byte.total") > 0);
      assertEquals(0, value(registry, "kafka.consumer.fetch.manager.records.lag"));
    }
  }

  private static double value(MeterRegistry registry, String name) {
    return registry.get(name).meters().stream()
        .flatMap(
            meter -> java.util.stream.StreamSupport.stream(meter.measure().spliterator(), false))
        .mapToDouble(measurement -> measurement.getValue())
        .max()
        .orElseThrow();
  }
}
