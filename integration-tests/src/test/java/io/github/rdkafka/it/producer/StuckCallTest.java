package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.rdkafka.MockCluster;
import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.internal.natives.LiveObjects;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * librdkafka 2.15.1 asks for a group's coordinator again only when a connection goes up or down,
 * and until then does not return from the call that needs it, whatever its time limit is.
 */
@Timeout(120)
class StuckCallTest {
  @Test
  @SuppressWarnings("removal") // the constructor is what users of Kafka's have
  void aCloseDoesNotWaitForIt() {
    try (MockCluster mock = MockCluster.start(1)) {
      long without = LiveObjects.count();
      mock.createTopic("t", 1, 1);
      RdKafkaProducer<String, String> producer =
          ProducerTests.open(
              ProducerTests.config(
                  mock.bootstrapServers(),
                  "transactional.id",
                  "stuck",
                  "transaction.timeout.ms",
                  5_000,
                  "max.block.ms",
                  5_000));
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("t", "v")).join();
      mock.failRequests(ApiKeys.FIND_COORDINATOR, Errors.NOT_COORDINATOR);
      assertThrows(
          TimeoutException.class,
          () ->
              producer.sendOffsetsToTransaction(
                  Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(1)),
                  new ConsumerGroupMetadata("g")));
      assertTimeout(Duration.ofSeconds(40), () -> producer.close());
      mock.stopBroker(1);
      mock.startBroker(1);
      ProducerTests.until(() -> LiveObjects.count() == without, () -> "not destroyed");
    }
    ProducerTests.assertNothingIsLeft();
  }
}
