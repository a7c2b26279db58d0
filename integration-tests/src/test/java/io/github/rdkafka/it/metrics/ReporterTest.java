package io.github.rdkafka.it.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.it.SharedCluster;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricsContext;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is told of metrics, and that nothing of it stays behind. */
@Timeout(120)
class ReporterTest {
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  /** Notes what it is told; the last one made. */
  public static final class NotingReporter implements MetricsReporter {
    private static volatile NotingReporter last;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Set<String> known = new ConcurrentSkipListSet<>();

    public NotingReporter() {
      last = this;
    }

    private static String key(KafkaMetric metric) {
      return metric.metricName().group() + " " + metric.metricName().name();
    }

    private synchronized void note(String call) {
      if (calls.isEmpty() || !calls.getLast().equals(call)) {
        calls.add(call);
      }
    }

    @Override
    public void configure(Map<String, ?> configs) {
      note("configure " + configs.get("client.id") + " " + configs.get("my.setting"));
    }

    @Override
    public void contextChange(MetricsContext context) {
      note("context " + new TreeMap<>(context.contextLabels()));
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
      note("init");
      metricsAre(metrics);
    }

    private synchronized void metricsAre(List<KafkaMetric> metrics) {
      metrics.forEach(metric -> known.add(key(metric)));
    }

    @Override
    public synchronized void metricChange(KafkaMetric metric) {
      note("change");
      known.add(key(metric));
    }

    @Override
    public synchronized void metricRemoval(KafkaMetric metric) {
      note("removal");
      known.remove(key(metric));
    }

    @Override
    public void close() {
      note("close");
    }
  }

  @ParameterizedTest
  @EnumSource(Clients.class)
  void aReporterIsToldAsByKafkasProducer(Clients clients) throws Exception {
    String topic = SharedCluster.newTopic(1);
    Map<String, Object> config =
        Clients.producerConfig(
            "metric.reporters",
            NotingReporter.class.getName(),
            "metrics.context.place",
            "here",
            "my.setting",
            "mine");
    try (Producer<String, String> producer = clients.producer(config)) {
      Work.produce(producer, topic);
      assertTrue(NotingReporter.last.known.contains("producer-topic-metrics record-send-total"));
      assertEquals(
          Set.of("kafka.producer:type=app-info,id=ID"),
          jmxNames("kafka.producer", config),
          "JmxReporter was not asked for");
    }
    assertEquals(
        List.of(
            "configure " + config.get("client.id") + " mine",
            "context {_namespace=kafka.producer, place=here}",
            "init",
            "change",
            "removal",
            "close",
            "removal"),
        NotingReporter.last.calls);
    assertFalse(NotingReporter.last.known.contains("producer-metrics flush-time-ns-total"));
    assertFalse(NotingReporter.last.known.contains("app-info version"));
    assertTrue(NotingReporter.last.known.contains("producer-metrics record-send-total"));
  }

  @ParameterizedTest
  @EnumSource(Clients.class)
  void aReporterIsToldAsByKafkasConsumer(Clients clients) throws Exception {
    String topic = filledTopic();
    Map<String, Object> config =
        Clients.consumerConfig("metric.reporters", NotingReporter.class.getName());
    try (Consumer<String, String> consumer = clients.consumer(config)) {
      consumer.subscribe(List.of(topic));
      Work.read(consumer, Work.RECORDS);
      assertTrue(
          NotingReporter.last.known.contains(
              "consumer-fetch-manager-metrics records-consumed-total"));
    }
    List<String> calls = NotingReporter.last.calls;
    assertEquals(
        List.of(
            "configure " + config.get("client.id") + " null",
            "context {_namespace=kafka.consumer}",
            "init",
            "change"),
        calls.subList(0, 4));
    assertEquals(List.of("removal", "close", "removal"), calls.subList(4, calls.size()));
    assertFalse(NotingReporter.last.known.contains("consumer-metrics last-poll-seconds-ago"));
    assertFalse(NotingReporter.last.known.contains("app-info version"));
    assertTrue(
        NotingReporter.last.known.contains(
            "consumer-fetch-manager-metrics records-consumed-total"));
  }

  @Test
  void mbeansAreThoseOfKafkasProducer() throws Exception {
    String topic = SharedCluster.newTopic(1);
    Set<String> kafkas = producerMbeans(Clients.KAFKA, topic);
    // Which connections there are is a matter of the client's inside.
    kafkas.removeIf(name -> name.contains("node-id"));
    Set<String> ours = producerMbeans(Clients.OURS, topic);
    assertTrue(ours.stream().anyMatch(name -> name.contains("node-id=node-1")), ours.toString());
    ours.removeIf(name -> name.contains("node-id"));

    assertEquals(kafkas, ours);
  }

  private static Set<String> producerMbeans(Clients clients, String topic) throws Exception {
    Map<String, Object> config = Clients.producerConfig();
    Set<String> names;
    try (Producer<String, String> producer = clients.producer(config)) {
      Work.produce(producer, topic);
      Work.await(() -> hasNode("kafka.producer", config), () -> "no node");
      names = jmxNames("kafka.producer", config);
      ObjectName metrics =
          new ObjectName(
              "kafka.producer:type=producer-metrics,client-id=" + config.get("client.id"));
      assertEquals((double) Work.RECORDS, SERVER.getAttribute(metrics, "record-send-total"));
      ObjectName info =
          new ObjectName("kafka.producer:type=app-info,id=" + config.get("client.id"));
      assertEquals(AppInfoParser.getVersion(), SERVER.getAttribute(info, "Version"));
      assertEquals(AppInfoParser.getCommitId(), SERVER.getAttribute(info, "CommitId"));
      assertTrue((long) SERVER.getAttribute(info, "StartTimeMs") > 0);
    }
    assertEquals(Set.of(), jmxNames("kafka.producer", config));
    return names;
  }

  @Test
  void mbeansAreThoseOfKafkasConsumer() throws Exception {
    String topic = filledTopic();
    Set<String> kafkas = consumerMbeans(Clients.KAFKA, topic);
    kafkas.removeIf(name -> name.contains("node-id"));
    Set<String> ours = consumerMbeans(Clients.OURS, topic);
    ours.removeIf(name -> name.contains("node-id"));

    assertEquals(kafkas, ours);
  }

  private static Set<String> consumerMbeans(Clients clients, String topic) throws Exception {
    Map<String, Object> config = Clients.consumerConfig();
    Set<String> names;
    try (Consumer<String, String> consumer = clients.consumer(config)) {
      consumer.subscribe(List.of(topic));
      Work.read(consumer, Work.RECORDS);
      Work.pollUntil(consumer, () -> hasNode("kafka.consumer", config));
      names = jmxNames("kafka.consumer", config);
    }
    assertEquals(Set.of(), jmxNames("kafka.consumer", config));
    return names;
  }

  @Test
  void twoHundredClientsLeaveNoMbean() throws Exception {
    String topic = SharedCluster.newTopic(1);
    Set<ObjectName> before = clientMbeans();
    for (int i = 0; i < 100; i++) {
      try (Producer<String, String> producer = Clients.OURS.producer(Clients.producerConfig());
          Consumer<String, String> consumer = Clients.OURS.consumer(Clients.consumerConfig())) {
        if (i % 10 == 0) {
          Work.produce(producer, topic);
          consumer.assign(List.of(new TopicPartition(topic, 0)));
          Work.read(consumer, Work.RECORDS);
        }
      }
    }
    Set<ObjectName> left = clientMbeans();
    left.removeAll(before);
    assertEquals(0, left.size(), left::toString);
  }

  private static Set<ObjectName> clientMbeans() throws Exception {
    Set<ObjectName> names = SERVER.queryNames(new ObjectName("kafka.producer:*"), null);
    names.addAll(SERVER.queryNames(new ObjectName("kafka.consumer:*"), null));
    return names;
  }

  @ParameterizedTest
  @EnumSource(Clients.class)
  void applicationMetricsAndInstanceIdsWithoutTelemetry(Clients clients) {
    KafkaMetric mine =
        new KafkaMetric(
            new Object(),
            new MetricName("mine", "application", "", Map.of()),
            (Measurable) (metricConfig, now) -> 1,
            new MetricConfig(),
            Time.SYSTEM);
    for (boolean pushes : new boolean[] {true, false}) {
      try (Producer<String, String> producer =
              clients.producer(Clients.producerConfig("enable.metrics.push", pushes));
          Consumer<String, String> consumer =
              clients.consumer(Clients.consumerConfig("enable.metrics.push", pushes))) {
        producer.registerMetricForSubscription(mine);
        consumer.registerMetricForSubscription(mine);
        assertFalse(producer.metrics().containsKey(mine.metricName()));
        assertFalse(consumer.metrics().containsKey(mine.metricName()));
        producer.unregisterMetricFromSubscription(mine);
        consumer.unregisterMetricFromSubscription(mine);
        if (pushes) {
          assertNull(producer.clientInstanceId(Duration.ZERO));
          assertNull(consumer.clientInstanceId(Duration.ZERO));
          assertThrows(
              IllegalArgumentException.class,
              () -> producer.clientInstanceId(Duration.ofSeconds(-1)));
          assertThrows(
              IllegalArgumentException.class,
              () -> consumer.clientInstanceId(Duration.ofSeconds(-1)));
        } else {
          assertThrows(IllegalStateException.class, () -> producer.clientInstanceId(Duration.ZERO));
          assertThrows(IllegalStateException.class, () -> consumer.clientInstanceId(Duration.ZERO));
        }
      }
    }
  }

  private static String filledTopic() throws Exception {
    String topic = SharedCluster.newTopic(1);
    try (Producer<String, String> producer = Clients.KAFKA.producer(Clients.producerConfig())) {
      Work.produce(producer, topic);
    }
    return topic;
  }

  /** With the last of its metrics: the MBean is registered anew with each of them. */
  private static boolean hasNode(String domain, Map<String, Object> config) {
    String kind = domain.substring(domain.indexOf('.') + 1);
    String node = ":type=" + kind + "-node-metrics,client-id=" + config.get("client.id");
    try {
      SERVER.getAttribute(new ObjectName(domain + node + ",node-id=node-1"), Work.LAST_OF_NODE);
      return true;
    } catch (InstanceNotFoundException | AttributeNotFoundException notYet) {
      return false;
    } catch (JMException failure) {
      throw new AssertionError(failure);
    }
  }

  private static Set<String> jmxNames(String domain, Map<String, Object> config) throws Exception {
    Object id = config.get("client.id");
    Set<String> names = new TreeSet<>();
    for (ObjectName name : SERVER.queryNames(new ObjectName(domain + ":*"), null)) {
      if (id.equals(name.getKeyProperty("client-id")) || id.equals(name.getKeyProperty("id"))) {
        names.add(name.toString().replace(id.toString(), "ID"));
      }
    }
    return names;
  }
}
