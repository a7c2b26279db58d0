package io.github.rdkafka.internal.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** librdkafka counts no retries: they are what was sent more often than it can have been first. */
class TopicMetricsTest {
  private final TopicMetrics topic =
      new TopicMetrics(
          ClientMetrics.open(
              "producer",
              new ProducerConfig(
                  Map.of(
                      "bootstrap.servers",
                      "localhost:1",
                      "metric.reporters",
                      "",
                      "key.serializer",
                      StringSerializer.class,
                      "value.serializer",
                      StringSerializer.class))),
          "t",
          true,
          true);

  private long retries(long accepted, long queued, long sent) {
    PartitionStatistics partition = new PartitionStatistics();
    partition.topic = "t";
    partition.accepted = accepted;
    partition.queued = queued;
    partition.sent = sent;
    topic.take(partition);
    return topic.endOfPartitions();
  }

  @Test
  void nothingIsRetriedWhileAllGoesWell() {
    assertEquals(0, retries(100, 100, 0));
    assertEquals(0, retries(200, 120, 30));
    assertEquals(0, retries(200, 0, 200));
  }

  @Test
  void recordsThatWaitAgainAreRetried() {
    assertEquals(0, retries(100, 0, 100));
    assertEquals(40, retries(100, 40, 100));
    assertEquals(0, retries(100, 0, 140));
    assertEquals(40, retries(100, 0, 180));
  }

  @Test
  void recordsThatFailedUnsentDoNotHideRetries() {
    assertEquals(0, retries(100, 50, 50));
    topic.unsent.add(50);
    assertEquals(0, retries(100, 0, 50));
    assertEquals(7, retries(100, 0, 57));
  }

  @Test
  void recordsThatFailAsTheStatisticsComeAreNotTakenForRetries() {
    topic.unsent.add(50);
    assertEquals(0, retries(100, 50, 50));
    assertEquals(0, retries(100, 0, 50));
  }
}
