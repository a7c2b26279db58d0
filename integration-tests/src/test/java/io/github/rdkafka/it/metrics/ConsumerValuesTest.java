package io.github.rdkafka.it.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.it.SharedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a consumer's metrics tell, beside what Kafka's consumer tells of the same work. */
@Timeout(120)
class ConsumerValuesTest {
  private static final String CLIENT = "consumer-metrics";
  private static final String FETCH = "consumer-fetch-manager-metrics";
  private static final String COORDINATOR = "consumer-coordinator-metrics";
  private static final double NEARLY = 0.03;

  private static String filledTopic() throws Exception {
    String topic = SharedCluster.newTopic(1);
    try (Producer<String, String> producer = Clients.KAFKA.producer(Clients.producerConfig())) {
      Work.produce(producer, topic);
    }
    return topic;
  }

  @Test
  void recordsBytesAndLagAreWhatKafkaCounts() throws Exception {
    String topic = filledTopic();
    TopicPartition partition = new TopicPartition(topic, 0);
    Map<String, Object> config = Clients.consumerConfig("max.poll.records", 100);
    try (Consumer<String, String> kafkas = Clients.KAFKA.consumer(config);
        Consumer<String, String> ours = Clients.OURS.consumer(config)) {
      for (Consumer<String, String> consumer : List.of(kafkas, ours)) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        int read = 0;
        while (read == 0) {
          read = consumer.poll(Duration.ofSeconds(1)).count();
        }
        assertEquals(100, read);
        String[] tags = {"topic", topic, "partition", "0"};
        Map<MetricName, ? extends Metric> metrics = consumer.metrics();
        assertEquals(Work.RECORDS - 100.0, Work.value(metrics, FETCH, "records-lag", tags));
        assertEquals(Work.RECORDS - 100.0, Work.value(metrics, FETCH, "records-lag-max", tags));
        assertEquals(Work.RECORDS - 100.0, Work.value(metrics, FETCH, "records-lag-max"));
        assertEquals(100, Work.value(metrics, FETCH, "records-lead", tags));
        assertEquals(100, Work.value(metrics, FETCH, "records-lead-min"));
        assertEquals(-1, Work.value(metrics, FETCH, "preferred-read-replica", tags));

        Work.read(consumer, Work.RECORDS - 100);
        assertEquals(0, Work.value(metrics, FETCH, "records-lag", tags));
      }
      // Kafka's consumer counts when it has done with a fetch's records.
      kafkas.poll(Duration.ofMillis(200));
      assertEquals(Work.RECORDS, Work.value(kafkas.metrics(), FETCH, "records-consumed-total"));
      assertEquals(Work.RECORDS, Work.value(ours.metrics(), FETCH, "records-consumed-total"));
      assertEquals(
          Work.RECORDS,
          Work.value(ours.metrics(), FETCH, "records-consumed-total", "topic", topic));
      double bytes = Work.value(kafkas.metrics(), FETCH, "bytes-consumed-total");
      assertEquals(
          bytes, Work.value(ours.metrics(), FETCH, "bytes-consumed-total"), bytes * NEARLY);
      assertTrue(Work.value(ours.metrics(), FETCH, "records-consumed-rate") > 0);
      assertTrue(Work.value(ours.metrics(), FETCH, "bytes-consumed-rate") > 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"KAFKA", "OURS"})
  void metricsOfAPartitionGoWithIt(Clients clients) throws Exception {
    String topic = filledTopic();
    String other = filledTopic();
    try (Consumer<String, String> consumer = clients.consumer(Clients.consumerConfig())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      Work.read(consumer, Work.RECORDS);
      String[] tags = {"topic", topic, "partition", "0"};
      assertTrue(Work.find(consumer.metrics(), FETCH, "records-lag", tags).isPresent());
      assertTrue(Work.find(consumer.metrics(), FETCH, "preferred-read-replica", tags).isPresent());

      consumer.assign(List.of(new TopicPartition(other, 0)));
      Work.read(consumer, Work.RECORDS);
      assertTrue(Work.find(consumer.metrics(), FETCH, "records-lag", tags).isEmpty());
      assertTrue(Work.find(consumer.metrics(), FETCH, "records-lead", tags).isEmpty());
      assertTrue(Work.find(consumer.metrics(), FETCH, "preferred-read-replica", tags).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void groupAndFetchesAreSeen(String protocol) throws Exception {
    String topic = filledTopic();
    Map<String, Object> config =
        Clients.consumerConfig(
            "group.protocol", protocol, "enable.auto.commit", false, "fetch.max.wait.ms", 50);
    if (protocol.equals("classic")) {
      config.put("heartbeat.interval.ms", 300);
    }
    try (Consumer<String, String> consumer = Clients.OURS.consumer(config)) {
      Map<MetricName, ? extends Metric> metrics = consumer.metrics();
      assertEquals(-1, Work.value(metrics, CLIENT, "last-poll-seconds-ago"));
      assertEquals(-1, Work.value(metrics, COORDINATOR, "last-rebalance-seconds-ago"));
      assertEquals(-1, Work.value(metrics, COORDINATOR, "last-heartbeat-seconds-ago"));
      assertEquals(0, Work.value(metrics, COORDINATOR, "assigned-partitions"));

      consumer.subscribe(List.of(topic));
      Work.read(consumer, Work.RECORDS);
      consumer.commitSync();
      consumer.committed(Set.of(new TopicPartition(topic, 0)));
      Work.pollUntil(
          consumer,
          () ->
              Work.value(metrics, COORDINATOR, "heartbeat-total") >= 1
                  && Work.value(metrics, FETCH, "fetch-size-avg") > 0);

      Work.awaitPassing(() -> groupAndFetchesAreSeen(metrics, protocol, topic));
    }
  }

  private static void groupAndFetchesAreSeen(
      Map<MetricName, ? extends Metric> metrics, String protocol, String topic) {
    assertEquals(1, Work.value(metrics, COORDINATOR, "assigned-partitions"));
    assertEquals(1, Work.value(metrics, COORDINATOR, "rebalance-total"));
    assertTrue(Work.value(metrics, COORDINATOR, "rebalance-latency-avg") > 0);
    assertTrue(Work.value(metrics, COORDINATOR, "rebalance-latency-total") > 0);
    assertTrue(Work.value(metrics, COORDINATOR, "rebalance-rate-per-hour") > 0);
    assertTrue(Work.value(metrics, COORDINATOR, "last-rebalance-seconds-ago") >= 0);
    assertTrue(Work.value(metrics, COORDINATOR, "last-heartbeat-seconds-ago") >= 0);
    assertTrue(Work.value(metrics, COORDINATOR, "heartbeat-rate") > 0);
    assertEquals(1, Work.value(metrics, COORDINATOR, "commit-total"));
    assertTrue(Work.value(metrics, COORDINATOR, "commit-latency-max") >= 0);
    assertTrue(Work.value(metrics, COORDINATOR, "partition-assigned-latency-max") >= 0);
    if (protocol.equals("classic")) {
      assertTrue(Work.value(metrics, COORDINATOR, "join-total") >= 1);
      assertTrue(Work.value(metrics, COORDINATOR, "sync-total") >= 1);
    }
    assertTrue(Work.value(metrics, CLIENT, "commit-sync-time-ns-total") > 0);
    assertTrue(Work.value(metrics, CLIENT, "committed-time-ns-total") > 0);
    assertTrue(Work.value(metrics, CLIENT, "last-poll-seconds-ago") >= 0);
    assertTrue(Work.value(metrics, CLIENT, "time-between-poll-avg") >= 0);
    double idle = Work.value(metrics, CLIENT, "poll-idle-ratio-avg");
    assertTrue(idle > 0 && idle <= 1, "poll-idle-ratio-avg " + idle);
    assertTrue(Work.value(metrics, CLIENT, "incoming-byte-total") > 1000);
    assertTrue(Work.value(metrics, FETCH, "fetch-total") >= 1);
    assertTrue(Work.value(metrics, FETCH, "fetch-rate") > 0);
    assertTrue(Work.value(metrics, FETCH, "fetch-latency-avg") > 0);
    assertTrue(Work.value(metrics, FETCH, "fetch-latency-max") > 0);
    assertTrue(Work.value(metrics, FETCH, "records-per-request-avg") > 0);
    assertTrue(Work.value(metrics, FETCH, "fetch-size-max", "topic", topic) > 0);
    assertEquals(0, Work.value(metrics, FETCH, "fetch-throttle-time-max"));
  }

  /** A fetch is told of in statistics that may come before the poll that returns its records. */
  @Test
  void sizesOfAFetchCountForItsTopicThoughItsRecordsAreReadLater() throws Exception {
    String topic = filledTopic();
    TopicPartition partition = new TopicPartition(topic, 0);
    try (Consumer<String, String> consumer = Clients.OURS.consumer(Clients.consumerConfig())) {
      Map<MetricName, ? extends Metric> metrics = consumer.metrics();
      consumer.assign(List.of(partition));
      assertEquals(0, consumer.position(partition));
      int read = consumer.poll(Duration.ZERO).count();
      Work.await(() -> Work.value(metrics, FETCH, "fetch-size-avg") > 0, () -> "nothing fetched");
      Work.read(consumer, Work.RECORDS - read);
      Work.awaitPassing(
          () -> {
            assertTrue(Work.value(metrics, FETCH, "fetch-size-max", "topic", topic) > 0);
            assertTrue(Work.value(metrics, FETCH, "records-per-request-avg", "topic", topic) > 0);
          });
    }
  }

  /** An open transaction keeps back what follows it; its own records are no lag either. */
  @Test
  void lagEndsAtTheLastStableOffsetWhenOnlyWhatIsCommittedIsRead() throws Exception {
    String topic = filledTopic();
    Map<String, Object> transactional = Clients.producerConfig("transactional.id", "tx-" + topic);
    Map<String, Object> config = Clients.consumerConfig("isolation.level", "read_committed");
    try (Producer<String, String> producer = Clients.KAFKA.producer(transactional);
        Consumer<String, String> consumer = Clients.OURS.consumer(config)) {
      producer.initTransactions();
      producer.beginTransaction();
      Work.produce(producer, topic);
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      Work.read(consumer, Work.RECORDS);
      String[] tags = {"topic", topic, "partition", "0"};
      Work.pollUntil(
          consumer, () -> Work.value(consumer.metrics(), FETCH, "records-lag", tags) == 0);
      assertEquals(Work.RECORDS, consumer.position(partition));
      producer.abortTransaction();
    }
  }
}
