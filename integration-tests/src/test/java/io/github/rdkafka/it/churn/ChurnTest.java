package io.github.rdkafka.it.churn;

import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Members of both kinds join, leave, are killed and stall while records are written: every record
 * is processed, and committed by one member only; it is processed twice only where a member was
 * killed, or had stalled, before its commit.
 */
@KafkaClusterTest(
    brokers = 3,
    shared = false,
    properties = {
      "group.consumer.min.session.timeout.ms=5000",
      "group.consumer.session.timeout.ms=10000",
      "group.consumer.min.heartbeat.interval.ms=500",
      "group.consumer.heartbeat.interval.ms=500"
    })
@Timeout(600)
class ChurnTest {
  private static final int PARTITIONS = 12;
  private static final long WRITE_NANOS = 10_000_000;

  @TempDir private Path folder;

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @CsvSource({"classic, org.apache.kafka.clients.consumer.RangeAssignor", "consumer, none"})
  void nothingIsLeftOut(String protocol, String assignor, KafkaCluster kafka) throws Exception {
    churn(kafka, protocol, assignor, Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "classic, org.apache.kafka.clients.consumer.RangeAssignor",
    "classic, org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
    "consumer, none"
  })
  @EnabledIfSystemProperty(named = "rdkafka.endurance", matches = "true")
  void nothingIsLeftOutForLong(String protocol, String assignor, KafkaCluster kafka)
      throws Exception {
    churn(kafka, protocol, assignor, Duration.ofMinutes(3));
  }

  private void churn(KafkaCluster kafka, String protocol, String assignor, Duration atLeast)
      throws Exception {
    String topic = "churn-" + UUID.randomUUID();
    kafka.createTopic(topic, PARTITIONS, 3);
    ChurnGroup group = new ChurnGroup(kafka, topic, PARTITIONS, protocol, assignor, folder);
    Writer writer = new Writer(kafka, topic);
    long begun = System.nanoTime();
    try {
      group.join(true);
      group.join(false);
      do {
        round(group);
      } while (System.nanoTime() - begun < atLeast.toNanos());
      writer.stop();
      group.awaitCommitted(writer.written);
    } finally {
      writer.stop();
      group.end();
    }
    group.verify(writer.written);
  }

  /** Leaves behind as many members as it found. */
  private static void round(ChurnGroup group) throws Exception {
    ChurnGroup.Member ours = group.join(true);
    ChurnGroup.Member oursKilled = group.fork(true);
    ChurnGroup.Member kafkasKilled = group.fork(false);
    group.awaitSettled();
    group.awaitWork();
    oursKilled.kill();
    kafkasKilled.kill();
    ChurnGroup.Member kafkas = group.join(false);
    ours.stall();
    group.awaitSettled();
    ours.goOn();
    kafkas.leave();
    group.awaitSettled();
    group.awaitWork();
    ours.leave();
    group.awaitSettled();
  }

  /** Writes 0, 1, 2, ... to each partition, so that a record's value is its offset. */
  private static final class Writer {
    private final long[] written = new long[PARTITIONS];
    private final Thread thread;
    private volatile boolean stopping;

    Writer(KafkaCluster kafka, String topic) {
      thread = Thread.ofPlatform().start(() -> write(kafka.bootstrapServers(), topic));
    }

    private void write(String servers, String topic) {
      Map<String, Object> config = new HashMap<>();
      config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
      StringSerializer strings = new StringSerializer();
      try (KafkaProducer<String, String> producer = new KafkaProducer<>(config, strings, strings)) {
        while (!stopping) {
          for (int partition = 0; partition < PARTITIONS; partition++) {
            String value = Long.toString(written[partition]++);
            producer.send(new ProducerRecord<>(topic, partition, null, value));
          }
          LockSupport.parkNanos(WRITE_NANOS);
        }
      }
    }

    void stop() throws InterruptedException {
      stopping = true;
      thread.join();
    }
  }
}
