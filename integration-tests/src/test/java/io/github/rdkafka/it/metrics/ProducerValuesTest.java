package io.github.rdkafka.it.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.it.SharedCluster;
import io.github.rdkafka.testing.KafkaCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a producer's metrics tell, beside what Kafka's producer tells of the same work. */
@Timeout(120)
class ProducerValuesTest {
  private static final String CLIENT = "producer-metrics";
  private static final String TOPIC = "producer-topic-metrics";

  /** Both pack a batch with the same codec, in slightly different frames. */
  private static final double NEARLY = 0.05;

  private static final double ALIKE = 0.3;

  @FunctionalInterface
  private interface Check {
    void check(Map<MetricName, ? extends Metric> kafkas, Map<MetricName, ? extends Metric> ours);
  }

  private static void compare(Check check, String compression) throws Exception {
    String topic = SharedCluster.newTopic(1);
    // Batches of the same size, as far as they go.
    Map<String, Object> config =
        Clients.producerConfig(
            "compression.type", compression, "linger.ms", 1000, "batch.size", 1_000_000);
    try (Producer<String, String> kafkas = Clients.KAFKA.producer(config);
        Producer<String, String> ours = Clients.OURS.producer(config)) {
      kafkas.partitionsFor(topic);
      ours.partitionsFor(topic);
      Work.produce(kafkas, topic);
      Work.produce(ours, topic);
      // Statistics come after the work, and their values one by one.
      Work.awaitPassing(() -> check.check(kafkas.metrics(), ours.metrics()));
    }
  }

  private static void assertNear(double expected, double actual, double tolerance, String name) {
    assertEquals(expected, actual, expected * tolerance, name);
  }

  private static String topicOf(Map<MetricName, ? extends Metric> metrics) {
    return metrics.keySet().stream()
        .filter(name -> name.group().equals(TOPIC))
        .findFirst()
        .orElseThrow()
        .tags()
        .get("topic");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "lz4", "gzip"})
  void recordsAndBytesAreWhatKafkaCounts(String compression) throws Exception {
    compare(
        (kafkas, ours) -> {
          String topic = topicOf(ours);
          assertEquals(Work.RECORDS, Work.value(kafkas, CLIENT, "record-send-total"));
          assertEquals(Work.RECORDS, Work.value(ours, CLIENT, "record-send-total"));
          assertEquals(Work.RECORDS, Work.value(ours, TOPIC, "record-send-total", "topic", topic));
          assertTrue(Work.value(ours, CLIENT, "record-send-rate") > 0);
          assertEquals(0, Work.value(ours, CLIENT, "record-error-total"));
          assertEquals(0, Work.value(ours, CLIENT, "record-retry-total"));
          assertEquals(
              Work.value(kafkas, CLIENT, "record-size-max"),
              Work.value(ours, CLIENT, "record-size-max"));
          assertNear(
              Work.value(kafkas, TOPIC, "byte-total", "topic", topic),
              Work.value(ours, TOPIC, "byte-total", "topic", topic),
              compression.equals("none") ? NEARLY : ALIKE,
              "byte-total");
          assertNear(
              Work.value(kafkas, CLIENT, "compression-rate-avg"),
              Work.value(ours, CLIENT, "compression-rate-avg"),
              compression.equals("none") ? 0 : ALIKE,
              "compression-rate-avg");
          assertTrue(Work.value(ours, TOPIC, "byte-rate", "topic", topic) > 0);
          assertTrue(Work.value(ours, CLIENT, "batch-size-avg") > 0);
          assertTrue(
              Work.value(ours, CLIENT, "batch-size-max")
                  >= Work.value(ours, CLIENT, "batch-size-avg"));
          assertTrue(Work.value(ours, CLIENT, "records-per-request-avg") > 1);
        },
        compression);
  }

  @Test
  void theNetworkIsSeen() throws Exception {
    compare(
        (kafkas, ours) -> {
          String topic = topicOf(ours);
          double sent = Work.value(ours, CLIENT, "outgoing-byte-total");
          assertTrue(sent > Work.value(ours, TOPIC, "byte-total", "topic", topic) * (1 - NEARLY));
          assertNear(Work.value(kafkas, CLIENT, "outgoing-byte-total"), sent, ALIKE, "sent");
          assertTrue(Work.value(ours, CLIENT, "incoming-byte-total") > 0);
          assertTrue(Work.value(ours, CLIENT, "connection-count") >= 1);
          assertTrue(Work.value(ours, CLIENT, "connection-creation-total") >= 1);
          assertTrue(Work.value(ours, CLIENT, "request-total") >= 2);
          assertTrue(Work.value(ours, CLIENT, "request-rate") > 0);
          assertTrue(Work.value(ours, CLIENT, "response-total") >= 2);
          assertTrue(Work.value(ours, CLIENT, "request-size-avg") > 0);
          assertTrue(Work.value(ours, CLIENT, "request-latency-avg") > 0);
          assertTrue(
              Work.value(ours, CLIENT, "request-latency-max")
                  >= Work.value(ours, CLIENT, "request-latency-avg"));
          assertTrue(Work.value(ours, CLIENT, "record-queue-time-max") > 0);
          assertEquals(0, Work.value(ours, CLIENT, "produce-throttle-time-max"));
          assertEquals(0, Work.value(ours, CLIENT, "requests-in-flight"));
          double ofNodes =
              ours.entrySet().stream()
                  .filter(entry -> entry.getKey().group().equals("producer-node-metrics"))
                  .filter(entry -> entry.getKey().name().equals("outgoing-byte-total"))
                  .mapToDouble(entry -> (double) entry.getValue().metricValue())
                  .sum();
          assertEquals(Work.value(ours, CLIENT, "outgoing-byte-total"), ofNodes);
        },
        "none");
  }

  @Test
  void bufferAndTimesAreSeen() throws Exception {
    compare(
        (kafkas, ours) -> {
          assertEquals(
              Work.value(kafkas, CLIENT, "buffer-total-bytes"),
              Work.value(ours, CLIENT, "buffer-total-bytes"));
          assertEquals(
              Work.value(ours, CLIENT, "buffer-total-bytes"),
              Work.value(ours, CLIENT, "buffer-available-bytes"));
          assertEquals(0, Work.value(ours, CLIENT, "waiting-threads"));
          assertTrue(Work.value(ours, CLIENT, "flush-time-ns-total") > 0);
          double age = Work.value(ours, CLIENT, "metadata-age");
          assertTrue(age >= 0 && age < 120, "metadata-age " + age);
        },
        "none");
  }

  @Test
  void withoutStatisticsRecordsAreCountedAndTheRestIsNotANumber() throws Exception {
    String topic = SharedCluster.newTopic(1);
    Map<String, Object> config = Clients.producerConfig("librdkafka.statistics.interval.ms", 0);
    try (Producer<String, String> ours = Clients.OURS.producer(config)) {
      Work.produce(ours, topic);
      Map<MetricName, ? extends Metric> metrics = ours.metrics();

      assertEquals(Work.RECORDS, Work.value(metrics, CLIENT, "record-send-total"));
      assertTrue(Work.value(metrics, TOPIC, "byte-total", "topic", topic) > 0);
      assertEquals(1, Work.value(metrics, CLIENT, "compression-rate-avg"));
      assertEquals(Double.NaN, Work.value(metrics, CLIENT, "outgoing-byte-total"));
      assertEquals(Double.NaN, Work.value(metrics, CLIENT, "connection-count"));
      assertEquals(Double.NaN, Work.value(metrics, CLIENT, "request-latency-avg"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"KAFKA", "OURS"})
  void failuresAreCounted(Clients clients) throws Exception {
    String topic = SharedCluster.newTopic(1);
    Map<String, Object> config =
        Clients.producerConfig("max.block.ms", 500, "max.request.size", 2000, "linger.ms", 0);
    try (Producer<String, String> producer = clients.producer(config)) {
      Work.await(() -> knows(producer, topic), () -> "the topic stays unknown");
      producer.send(new ProducerRecord<>(topic, "v")).get();
      Future<RecordMetadata> tooLarge =
          producer.send(new ProducerRecord<>(topic, "v".repeat(3000)));
      assertThrows(ExecutionException.class, tooLarge::get);
      Future<RecordMetadata> nowhere = producer.send(new ProducerRecord<>(topic, 7, "k", "v"));
      assertTrue(
          assertThrows(ExecutionException.class, nowhere::get).getCause()
              instanceof TimeoutException);

      assertEquals(2, Work.value(producer.metrics(), CLIENT, "record-error-total"));
      assertTrue(Work.value(producer.metrics(), CLIENT, "record-error-rate") > 0);
      assertEquals(1, Work.value(producer.metrics(), CLIENT, "record-send-total"));
      assertTrue(Work.value(producer.metrics(), CLIENT, "metadata-wait-time-ns-total") > 0);
    }
  }

  private static boolean knows(Producer<?, ?> producer, String topic) {
    try {
      return !producer.partitionsFor(topic).isEmpty();
    } catch (TimeoutException notYet) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"KAFKA", "OURS"})
  void throttlingIsSeen(Clients clients) throws Exception {
    String topic = SharedCluster.newTopic(1);
    Map<String, Object> config = Clients.producerConfig();
    ClientQuotaEntity client =
        new ClientQuotaEntity(
            Map.of(ClientQuotaEntity.CLIENT_ID, (String) config.get("client.id")));
    List<ClientQuotaAlteration.Op> slow =
        List.of(new ClientQuotaAlteration.Op("producer_byte_rate", 50_000.0));
    SharedCluster.get()
        .admin()
        .alterClientQuotas(List.of(new ClientQuotaAlteration(client, slow)))
        .all()
        .get();
    try (Producer<String, String> producer = clients.producer(config)) {
      String value = "v".repeat(20_000);
      Work.await(
          () -> {
            producer.send(new ProducerRecord<>(topic, value));
            return Work.value(producer.metrics(), CLIENT, "produce-throttle-time-max") > 0;
          },
          () -> "not throttled");
      double average = Work.value(producer.metrics(), CLIENT, "produce-throttle-time-avg");
      assertTrue(average > 0, "average " + average);
      producer.close(Duration.ZERO);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"KAFKA", "OURS"})
  void timesOfTransactionsAreSummedUp(Clients clients) throws Exception {
    String topic = SharedCluster.newTopic(1);
    Map<String, Object> config = Clients.producerConfig("transactional.id", "tx-" + topic);
    try (Producer<String, String> producer = clients.producer(config);
        Consumer<String, String> consumer = clients.consumer(Clients.consumerConfig())) {
      Map<MetricName, ? extends Metric> metrics = producer.metrics();
      assertEquals(0, Work.value(metrics, CLIENT, "txn-init-time-ns-total"));
      producer.initTransactions();
      producer.beginTransaction();
      Work.produce(producer, topic);
      producer.sendOffsetsToTransaction(
          Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1)), consumer.groupMetadata());
      producer.commitTransaction();
      assertEquals(0, Work.value(metrics, CLIENT, "txn-abort-time-ns-total"));
      producer.beginTransaction();
      producer.abortTransaction();

      for (String method : List.of("init", "begin", "send-offsets", "commit", "abort")) {
        assertTrue(Work.value(metrics, CLIENT, "txn-" + method + "-time-ns-total") > 0, method);
      }
    }
  }

  /** A broker that went away with a request gets its records once more. */
  @ParameterizedTest
  @ValueSource(strings = {"KAFKA", "OURS"})
  void retriesAreCounted(Clients clients) throws Exception {
    try (KafkaCluster cluster = KafkaCluster.start()) {
      cluster.createTopic("retries", 1);
      Map<String, Object> config = Clients.producerConfig("linger.ms", 0);
      config.put("bootstrap.servers", cluster.bootstrapServers());
      try (Producer<String, String> producer = clients.producer(config)) {
        producer.send(new ProducerRecord<>("retries", "before")).get();
        cluster.pause(1);
        Future<RecordMetadata> send = producer.send(new ProducerRecord<>("retries", "v"));
        Work.await(
            () -> Work.value(producer.metrics(), CLIENT, "requests-in-flight") > 0,
            () -> "no request");
        cluster.kill(1);
        cluster.restart(1);
        send.get();
        // The client's retries and the topic's are counted one after the other.
        Work.awaitPassing(
            () -> {
              Map<MetricName, ? extends Metric> metrics = producer.metrics();
              assertTrue(Work.value(metrics, CLIENT, "record-retry-total") > 0);
              assertTrue(Work.value(metrics, CLIENT, "record-retry-rate") > 0);
              assertTrue(Work.value(metrics, TOPIC, "record-retry-total", "topic", "retries") > 0);
            });
        assertEquals(0, Work.value(producer.metrics(), CLIENT, "record-error-total"));
      }
    }
  }
}
