package io.github.rdkafka.it.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.RdKafkaProducer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Plugins that want metrics of their own get them, under the same names as with Kafka's clients.
 */
@Timeout(120)
class PluginMetricsTest {
  private static void add(PluginMetrics metrics) {
    metrics.addMetric(
        metrics.metricName("mine", "a plugin's own", new LinkedHashMap<>()),
        (Measurable) (config, now) -> 7);
  }

  public static final class Serializer extends StringSerializer implements Monitorable {
    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
      add(metrics);
    }
  }

  public static final class Deserializer extends StringDeserializer implements Monitorable {
    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
      add(metrics);
    }
  }

  public static final class FirstPartition implements Partitioner, Monitorable {
    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
      add(metrics);
    }

    @Override
    public int partition(
        String topic, Object key, byte[] keyBytes, Object value, byte[] bytes, Cluster cluster) {
      return 0;
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
  }

  public static final class OnTheWayOut
      implements ProducerInterceptor<String, String>, Monitorable {
    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
      add(metrics);
    }

    @Override
    public ProducerRecord<String, String> onSend(ProducerRecord<String, String> record) {
      return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
  }

  public static final class OnTheWayIn implements ConsumerInterceptor<String, String>, Monitorable {
    @Override
    public void withPluginMetrics(PluginMetrics metrics) {
      add(metrics);
    }

    @Override
    public ConsumerRecords<String, String> onConsume(ConsumerRecords<String, String> records) {
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
  }

  private static Set<String> plugins(Map<MetricName, ? extends Metric> metrics) {
    Set<String> names = new TreeSet<>();
    metrics.forEach(
        (name, metric) -> {
          if (name.group().equals("plugins")) {
            Map<String, String> tags = new LinkedHashMap<>(name.tags());
            tags.remove("client-id");
            names.add(name.name() + " " + tags + " " + metric.metricValue());
          }
        });
    return names;
  }

  @Test
  void producersPluginsHaveMetrics() {
    Map<String, Object> config =
        Clients.producerConfig(
            "key.serializer",
            Serializer.class,
            "value.serializer",
            Serializer.class,
            "partitioner.class",
            FirstPartition.class,
            "interceptor.classes",
            List.of(OnTheWayOut.class));
    Producer<String, String> closed;
    try (Producer<String, String> kafkas = new KafkaProducer<>(config);
        Producer<String, String> ours = new RdKafkaProducer<>(config)) {
      Set<String> expected = plugins(kafkas.metrics());
      assertEquals(4, expected.size());
      assertEquals(expected, plugins(ours.metrics()));
      closed = ours;
    }
    assertEquals(Set.of(), plugins(closed.metrics()));
  }

  @Test
  void consumersPluginsHaveMetrics() {
    Map<String, Object> config =
        Clients.consumerConfig(
            "key.deserializer",
            Deserializer.class,
            "value.deserializer",
            Deserializer.class,
            "interceptor.classes",
            List.of(OnTheWayIn.class));
    Consumer<String, String> closed;
    try (Consumer<String, String> kafkas = new KafkaConsumer<>(config);
        Consumer<String, String> ours = new RdKafkaConsumer<>(config)) {
      Set<String> expected = plugins(kafkas.metrics());
      assertEquals(3, expected.size());
      assertEquals(expected, plugins(ours.metrics()));
      closed = ours;
    }
    assertEquals(Set.of(), plugins(closed.metrics()));
  }
}
