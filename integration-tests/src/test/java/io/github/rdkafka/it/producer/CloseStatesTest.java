package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Closing a producer that others use, or whose brokers are away, in the middle of a transaction or
 * of its beginning: within its time, and every send that was accepted is answered once. The limits
 * are those of {@link CloseTest}.
 */
@KafkaClusterTest(shared = false)
@Timeout(120)
class CloseStatesTest {
  private static final Duration PROMISED = Duration.ofSeconds(1);
  private static final Duration BUSY_MACHINE = Duration.ofSeconds(15);
  private static final int SENDERS = 8;

  private final CountedSends sends = new CountedSends();
  private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void nothingIsLeft(KafkaCluster kafka) {
    ProducerTests.assertNothingIsLeft();
    if (!kafka.isRunning(1)) {
      kafka.restart(1);
    }
    kafka.resume(1);
  }

  private static void closesWithin(Duration timeout, RdKafkaProducer<?, ?> producer) {
    assertTimeout(timeout.plus(PROMISED).plus(BUSY_MACHINE), () -> producer.close(timeout));
  }

  /** Send until the producer refuses. */
  private void startSenders(RdKafkaProducer<String, String> producer, String topic) {
    for (int i = 0; i < SENDERS; i++) {
      start(
          () -> {
            try {
              while (true) {
                sends.send(producer, topic, "some value");
              }
            } catch (IllegalStateException | KafkaException closed) {
              // that ends it
            }
          });
    }
  }

  private void start(Runnable work) {
    threads.add(
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    work.run();
                  } catch (Throwable unexpected) {
                    thrown.add(unexpected);
                  }
                }));
  }

  private void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(thrown.isEmpty(), thrown::toString);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 10_000})
  void idleAfterUse(long millis, KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    RdKafkaProducer<String, String> producer = ProducerTests.open(ProducerTests.config(kafka));
    sends.send(producer, topic, "v");
    producer.flush();
    closesWithin(Duration.ofMillis(millis), producer);
    sends.assertEachAnsweredOnce();
    assertEquals(1, sends.delivered());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 500})
  void whileEightSendersLookForBrokersThatAreNotThere(long millis) throws Exception {
    RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(ProducerTests.NOWHERE));
    startSenders(producer, "nowhere");
    ProducerTests.until(this::allWait, () -> "they do not wait");
    closesWithin(Duration.ofMillis(millis), producer);
    join();
    assertEquals(SENDERS, sends.refused());
    sends.assertEachAnsweredOnce();
  }

  private boolean allWait() {
    return threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "500, false", "500, true"})
  void whileEightSendersWaitForRoom(long millis, boolean killed, KafkaCluster kafka)
      throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    RdKafkaProducer<String, String> producer =
        ProducerTests.open(
            ProducerTests.config(kafka, "buffer.memory", 20_000, "batch.size", 1_000));
    ProducerTests.awaitTopic(producer, topic);
    if (killed) {
      kafka.kill(1);
    } else {
      kafka.pause(1);
    }
    startSenders(producer, topic);
    ProducerTests.until(() -> sends.accepted() > 50 && allWait(), () -> "they do not wait");
    closesWithin(Duration.ofMillis(millis), producer);
    join();
    assertEquals(SENDERS, sends.refused());
    sends.assertEachAnsweredOnce();
    assertEquals(0, sends.delivered());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 20_000})
  void byEightAtOnceAmongEightSenders(long millis, KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 3);
    RdKafkaProducer<String, String> producer = ProducerTests.open(ProducerTests.config(kafka));
    startSenders(producer, topic);
    ProducerTests.until(() -> sends.answers() > 1_000, () -> "only " + sends.answers());
    for (int i = 0; i < 8; i++) {
      start(() -> closesWithin(Duration.ofMillis(millis), producer));
    }
    join();
    sends.assertEachAnsweredOnce();
    if (millis > 0) {
      assertEquals(sends.accepted(), sends.delivered());
    }
  }

  @Test
  void inTheCallbackOfAFailure(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    RdKafkaProducer<String, String> producer =
        ProducerTests.open(
            ProducerTests.config(
                kafka, "delivery.timeout.ms", 1_000, "request.timeout.ms", 500, "linger.ms", 0));
    ProducerTests.awaitTopic(producer, topic);
    kafka.kill(1);
    closeInCallback(producer, topic);
    assertEquals(0, sends.delivered());
  }

  @Test
  void inACallbackInsideATransaction(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    RdKafkaProducer<String, String> producer = openTransactional(kafka, topic);
    producer.initTransactions();
    producer.beginTransaction();
    closeInCallback(producer, topic);
  }

  private void closeInCallback(RdKafkaProducer<String, String> producer, String topic)
      throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    sends.send(
        producer,
        topic,
        "closes",
        () -> {
          try {
            closesWithin(Duration.ZERO, producer);
            closesWithin(Duration.ofHours(1), producer);
          } catch (Throwable failure) {
            thrown.add(failure);
          }
          closed.countDown();
        });
    for (int i = 0; i < 2000; i++) {
      try {
        sends.send(producer, topic, "v" + i);
      } catch (IllegalStateException | KafkaException refused) {
        break;
      }
    }
    closed.await();
    join();
    sends.assertEachAnsweredOnce();
    assertThrows(IllegalStateException.class, () -> sends.send(producer, topic, "late"));
  }

  /** With a long timeout the records arrive, and the transaction they belong to is aborted. */
  @ParameterizedTest
  @ValueSource(longs = {0, 20_000})
  void insideATransactionAmongEightSenders(long millis, KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 3);
    RdKafkaProducer<String, String> producer = openTransactional(kafka, topic);
    producer.initTransactions();
    producer.beginTransaction();
    startSenders(producer, topic);
    ProducerTests.until(() -> sends.answers() > 1_000, () -> "only " + sends.answers());
    closesWithin(Duration.ofMillis(millis), producer);
    join();
    sends.assertEachAnsweredOnce();
    if (millis > 0) {
      assertEquals(sends.accepted(), sends.delivered());
    }
    try (RdKafkaProducer<String, String> successor = openTransactional(kafka, topic)) {
      successor.initTransactions();
    }
    assertEquals(List.of(), TransactionReader.read(kafka, topic, "read_committed"));
  }

  @ParameterizedTest
  @CsvSource({"0, false", "500, false", "500, true"})
  void insideATransactionWithoutBrokers(long millis, boolean killed, KafkaCluster kafka)
      throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    RdKafkaProducer<String, String> producer = openTransactional(kafka, topic);
    producer.initTransactions();
    producer.beginTransaction();
    sends.send(producer, topic, "v");
    producer.flush();
    if (killed) {
      kafka.kill(1);
    } else {
      kafka.pause(1);
    }
    for (int i = 0; i < 2000; i++) {
      sends.send(producer, topic, "v" + i);
    }
    closesWithin(Duration.ofMillis(millis), producer);
    sends.assertEachAnsweredOnce();
    assertEquals(1, sends.delivered());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 500})
  void whileTransactionsAreInitialized(long millis, KafkaCluster kafka) throws Exception {
    RdKafkaProducer<String, String> producer = openTransactional(kafka, "t");
    kafka.pause(1);
    start(() -> assertThrows(KafkaException.class, producer::initTransactions));
    ProducerTests.until(
        () -> threads.getFirst().getState() == Thread.State.TIMED_WAITING, () -> "does not wait");
    closesWithin(Duration.ofMillis(millis), producer);
    join();
  }

  private static RdKafkaProducer<String, String> openTransactional(
      KafkaCluster kafka, String topic) {
    return ProducerTests.open(ProducerTests.config(kafka, "transactional.id", "tx-" + topic));
  }
}
