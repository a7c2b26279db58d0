package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.rdkafka.MockCluster;
import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.internal.natives.LiveObjects;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A producer that looks in vain for the coordinator of a group whose offsets it is to send. */
@Timeout(120)
class CoordinatorSearchTest {
  /** Enough for longer than {@code sendOffsetsToTransaction} waits. */
  private static final int FAILURES = 60;

  private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS =
      Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(1));

  /** No connection goes up or down meanwhile, of which librdkafka would take note. */
  @Test
  void goesOnAfterAFailure() {
    try (MockCluster mock = MockCluster.start(1);
        RdKafkaProducer<String, String> producer = inTransaction(mock, 60_000)) {
      mock.failRequests(ApiKeys.FIND_COORDINATOR, Errors.NOT_COORDINATOR);
      sendOffsets(producer);
      mock.failRequests(
          ApiKeys.FIND_COORDINATOR,
          Collections.nCopies(4, Errors.COORDINATOR_NOT_AVAILABLE).toArray(Errors[]::new));
      sendOffsets(producer);
      producer.commitTransaction();
    }
    ProducerTests.assertNothingIsLeft();
  }

  @Test
  void aCloseDoesNotWaitForItsEnd() {
    try (MockCluster mock = MockCluster.start(1)) {
      // and for a moment an event of the mock's client, which is about to be gone
      long without = LiveObjects.count();
      RdKafkaProducer<String, String> producer = inTransaction(mock, 5_000);
      mock.failRequests(
          ApiKeys.FIND_COORDINATOR,
          Collections.nCopies(FAILURES, Errors.NOT_COORDINATOR).toArray(Errors[]::new));
      assertThrows(TimeoutException.class, () -> sendOffsets(producer));
      assertTimeout(Duration.ofSeconds(40), () -> producer.close());
      ProducerTests.until(
          () -> LiveObjects.count() <= without,
          () -> LiveObjects.count() + " live objects, before " + without);
    }
    ProducerTests.assertNothingIsLeft();
  }

  private static RdKafkaProducer<String, String> inTransaction(MockCluster mock, int maxBlockMs) {
    mock.createTopic("t", 1, 1);
    RdKafkaProducer<String, String> producer =
        ProducerTests.open(
            ProducerTests.config(
                mock.bootstrapServers(),
                "transactional.id",
                "searching",
                "transaction.timeout.ms",
                maxBlockMs,
                "max.block.ms",
                maxBlockMs));
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>("t", "v")).join();
    return producer;
  }

  @SuppressWarnings("removal") // the constructor is what users of Kafka's have
  private static void sendOffsets(RdKafkaProducer<String, String> producer) {
    producer.sendOffsetsToTransaction(OFFSETS, new ConsumerGroupMetadata("g-" + UUID.randomUUID()));
  }
}
