package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads send while transactions begin and end. */
@KafkaClusterTest
@Timeout(120)
class TransactionSendersTest {
  private static final int SENDERS = 4;
  private static final int TRANSACTIONS = 20;
  private static final int SENDS = 100;
  private static final long PAUSE_NANOS = 200_000;

  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger acceptedSends = new AtomicInteger();
  private final Queue<Future<RecordMetadata>> accepted = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  /** Each send that was accepted is answered once, whatever becomes of its transaction. */
  @Test
  void everySendIsAnsweredOnce(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 3);
    Map<String, Object> config = ProducerTests.config(kafka);
    config.put("transactional.id", "tx-" + UUID.randomUUID());
    try (RdKafkaProducer<String, String> producer = ProducerTests.open(config)) {
      producer.initTransactions();
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(Thread.ofPlatform().start(() -> send(producer, topic)));
      }
      try {
        for (int i = 0; i < TRANSACTIONS; i++) {
          producer.beginTransaction();
          int target = acceptedSends.get() + SENDS;
          ProducerTests.until(() -> acceptedSends.get() >= target, () -> "nothing is accepted");
          if (i % 2 == 0) {
            producer.commitTransaction();
          } else {
            producer.abortTransaction();
          }
        }
      } finally {
        over = true;
        for (Thread sender : senders) {
          sender.join();
        }
      }
      accepted.forEach(send -> assertTrue(send.isDone()));
    }
    assertEquals(accepted.size(), answers.size());
    assertEquals(accepted.size(), answers.stream().distinct().count());
    long delivered = accepted.stream().filter(send -> send.state() == Future.State.SUCCESS).count();
    assertEquals(delivered, TransactionReader.read(kafka, topic, "read_uncommitted").size());
    ProducerTests.assertNothingIsLeft();
  }

  private void send(RdKafkaProducer<String, String> producer, String topic) {
    while (!over) {
      int number = numbers.incrementAndGet();
      try {
        accepted.add(
            producer.send(
                new ProducerRecord<>(topic, "k" + number, "v"),
                (metadata, exception) -> answers.add(number)));
        acceptedSends.incrementAndGet();
      } catch (IllegalStateException noTransaction) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
