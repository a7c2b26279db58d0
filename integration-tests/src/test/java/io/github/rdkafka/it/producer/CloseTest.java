package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Closing in every state: within its time, every send answered once, nothing left. The limits are
 * what {@code close} promises, a second more than its timeout, and some for a busy machine.
 */
@KafkaClusterTest(shared = false)
@Timeout(120)
class CloseTest {
  private static final Duration PROMISED = Duration.ofSeconds(1);
  private static final Duration BUSY_MACHINE = Duration.ofSeconds(15);

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

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 10_000})
  void neverUsed(long millis, KafkaCluster kafka) {
    closesWithin(Duration.ofMillis(millis), ProducerTests.open(ProducerTests.config(kafka)));
  }

  @Test
  void neverConnected() {
    closesWithin(
        Duration.ofSeconds(10), ProducerTests.open(ProducerTests.config(ProducerTests.NOWHERE)));
  }

  @Test
  void withALongTimeoutAllIsDelivered(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 3);
    RdKafkaProducer<String, String> producer =
        ProducerTests.open(
            ProducerTests.config(kafka, "linger.ms", 30_000, "delivery.timeout.ms", 100_000));
    List<Future<RecordMetadata>> sends = send(producer, topic, 5_000);
    producer.close();
    for (Future<RecordMetadata> send : sends) {
      assertTrue(send.isDone());
      send.get();
    }
    assertEquals(5_000, ProducerTests.readAll(kafka, topic).size());
  }

  @Test
  void withoutTimeWhatIsLeftFails(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    RdKafkaProducer<String, String> producer =
        ProducerTests.open(
            ProducerTests.config(kafka, "linger.ms", 30_000, "delivery.timeout.ms", 100_000));
    List<Future<RecordMetadata>> sends = send(producer, topic, 100);
    closesWithin(Duration.ZERO, producer);
    sends.forEach(CloseTest::assertForced);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 500})
  void whenTheBrokerIsGone(long millis, KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    RdKafkaProducer<String, String> producer =
        ProducerTests.open(
            ProducerTests.config(kafka, "buffer.memory", 100_000, "max.block.ms", 200));
    ProducerTests.awaitTopic(producer, topic);
    kafka.kill(1);
    List<Future<RecordMetadata>> sends = send(producer, topic, 2_000);
    AtomicInteger answers = new AtomicInteger();
    Future<RecordMetadata> last =
        producer.send(
            new ProducerRecord<>(topic, "v"), (metadata, why) -> answers.incrementAndGet());
    closesWithin(Duration.ofMillis(millis), producer);
    sends.forEach(send -> assertTrue(send.isDone()));
    assertTrue(last.isDone());
    assertEquals(1, answers.get());
    assertForced(sends.getFirst());
  }

  @Test
  void inACallback(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    RdKafkaProducer<String, String> producer = ProducerTests.open(ProducerTests.config(kafka));
    CountDownLatch closed = new CountDownLatch(1);
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    Future<RecordMetadata> first =
        producer.send(
            new ProducerRecord<>(topic, "v"),
            (metadata, exception) -> {
              try {
                producer.close(Duration.ofHours(1));
              } catch (Throwable failure) {
                thrown.add(failure);
              }
              closed.countDown();
            });
    assertDoesNotThrow(() -> first.get());
    assertDoesNotThrow(() -> closed.await());
    assertTrue(thrown.isEmpty(), thrown::toString);
    assertThrows(
        IllegalStateException.class, () -> producer.send(new ProducerRecord<>(topic, "v")));
    closesWithin(Duration.ofSeconds(10), producer);
  }

  @Test
  void inACallbackWithMoreToCome(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 2);
    RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka, "linger.ms", 0));
    List<Future<RecordMetadata>> sends = new ArrayList<>();
    AtomicInteger answers = new AtomicInteger();
    for (int i = 0; i < 5_000; i++) {
      int number = i;
      try {
        sends.add(
            producer.send(
                new ProducerRecord<>(topic, i % 2, "k", "v"),
                (metadata, exception) -> {
                  answers.incrementAndGet();
                  if (number == 100) {
                    producer.close();
                  }
                }));
      } catch (IllegalStateException | KafkaException closed) {
        break;
      }
    }
    ProducerTests.until(
        () -> sends.stream().allMatch(Future::isDone), () -> "some sends have no answer");
    ProducerTests.until(
        () -> answers.get() == sends.size(), () -> answers + " answers of " + sends.size());
  }

  @Test
  void twice(KafkaCluster kafka) {
    RdKafkaProducer<String, String> producer = ProducerTests.open(ProducerTests.config(kafka));
    producer.close();
    producer.close();
    producer.close(Duration.ZERO);
  }

  @Test
  void aSecondCloseCutsTheFirstOneShort(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    RdKafkaProducer<String, String> producer = ProducerTests.open(ProducerTests.config(kafka));
    ProducerTests.awaitTopic(producer, topic);
    kafka.pause(1);
    List<Future<RecordMetadata>> sends = send(producer, topic, 10);
    Thread first = Thread.ofPlatform().start(producer::close);
    ProducerTests.until(() -> isClosed(producer, topic), () -> "not closed");
    assertFalse(sends.getFirst().isDone());
    closesWithin(Duration.ofMillis(100), producer);
    first.join();
    sends.forEach(CloseTest::assertForced);
  }

  @Test
  void interrupted(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    RdKafkaProducer<String, String> producer = ProducerTests.open(ProducerTests.config(kafka));
    ProducerTests.awaitTopic(producer, topic);
    kafka.pause(1);
    List<Future<RecordMetadata>> sends = send(producer, topic, 10);
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    Thread closer =
        Thread.ofPlatform().start(() -> thrown.add(assertThrows(Throwable.class, producer::close)));
    ProducerTests.until(() -> isClosed(producer, topic), () -> "not closed");
    closer.interrupt();
    closer.join();
    assertEquals(InterruptException.class, thrown.remove().getClass());
    ProducerTests.until(
        () -> sends.stream().allMatch(Future::isDone), () -> "some sends have no answer");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 20_000})
  void amongEightSenders(long millis, KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 3);
    RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka, "buffer.memory", 500_000));
    Queue<Future<RecordMetadata>> sends = new ConcurrentLinkedQueue<>();
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    AtomicInteger answers = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    List<Thread> senders = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      senders.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (true) {
                        sends.add(
                            producer.send(
                                new ProducerRecord<>(topic, "some value"),
                                (metadata, why) -> answers.incrementAndGet()));
                      }
                    } catch (IllegalStateException | KafkaException closed) {
                      refused.incrementAndGet();
                    } catch (Throwable unexpected) {
                      thrown.add(unexpected);
                    }
                  }));
    }
    ProducerTests.until(() -> answers.get() > 10_000, () -> "only " + answers);
    closesWithin(Duration.ofMillis(millis), producer);
    for (Thread sender : senders) {
      sender.join();
    }
    assertTrue(thrown.isEmpty(), thrown::toString);
    assertEquals(8, refused.get());
    ProducerTests.until(
        () -> sends.stream().allMatch(Future::isDone), () -> "some sends have no answer");
    assertEquals(sends.size(), answers.get());
    if (millis > 0) {
      for (Future<RecordMetadata> send : sends) {
        send.get();
      }
    }
  }

  @Test
  void whileSendersWaitForRoomAndMetadata(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka, "buffer.memory", 2_000, "batch.size", 100));
    ProducerTests.awaitTopic(producer, topic);
    kafka.pause(1);
    Map<String, Throwable> thrown = new ConcurrentHashMap<>();
    Thread room =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    while (true) {
                      producer.send(new ProducerRecord<>(topic, "x".repeat(1_000)));
                    }
                  } catch (Throwable failure) {
                    thrown.put("room", failure);
                  }
                });
    Thread metadata =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    producer.send(new ProducerRecord<>("unknown-" + topic, "v"));
                  } catch (Throwable failure) {
                    thrown.put("metadata", failure);
                  }
                });
    ProducerTests.until(
        () ->
            room.getState() == Thread.State.TIMED_WAITING
                && metadata.getState() == Thread.State.TIMED_WAITING,
        () -> "they do not wait");
    closesWithin(Duration.ZERO, producer);
    room.join();
    metadata.join();
    assertEquals("Producer closed while allocating memory", thrown.get("room").getMessage());
    assertEquals("Producer closed while send in progress", thrown.get("metadata").getMessage());
  }

  private static List<Future<RecordMetadata>> send(
      RdKafkaProducer<String, String> producer, String topic, int count) {
    List<Future<RecordMetadata>> sends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Future<RecordMetadata> send = producer.send(new ProducerRecord<>(topic, "k", "v" + i));
      sends.add(send);
      if (send.isDone()) {
        break;
      }
    }
    return sends;
  }

  private static boolean isClosed(RdKafkaProducer<String, String> producer, String topic) {
    try {
      producer.send(new ProducerRecord<>(topic, "is it?"));
      return false;
    } catch (IllegalStateException | KafkaException closed) {
      // the latter when the close comes in the middle of the send
      return true;
    }
  }

  private static void assertForced(Future<RecordMetadata> send) {
    assertTrue(send.isDone());
    ExecutionException failure = assertThrows(ExecutionException.class, send::get);
    assertEquals(KafkaException.class, failure.getCause().getClass());
    assertEquals("Producer is closed forcefully.", failure.getCause().getMessage());
  }
}
