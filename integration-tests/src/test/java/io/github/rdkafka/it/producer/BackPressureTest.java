package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens when the broker takes nothing, and buffer.memory is full. */
@KafkaClusterTest(shared = false)
@Timeout(120)
class BackPressureTest {
  private static final String VALUE = "x".repeat(1_000);

  @AfterEach
  void nothingIsLeft(KafkaCluster kafka) {
    kafka.resume(1);
    ProducerTests.assertNothingIsLeft();
  }

  /** A producer whose memory is full of records that do not get away. */
  private static RdKafkaProducer<String, String> full(
      KafkaCluster kafka, String topic, Object... overrides) {
    RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka, overrides));
    ProducerTests.awaitTopic(producer, topic);
    kafka.pause(1);
    CompletableFuture<RecordMetadata> send;
    do {
      send = producer.send(new ProducerRecord<>(topic, VALUE));
    } while (!send.isDone());
    return producer;
  }

  @Test
  void aSendThatFindsNoRoomFails(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    BlockingQueue<Exception> calledBack = new LinkedBlockingQueue<>();
    try (RdKafkaProducer<String, String> producer =
        full(kafka, topic, "buffer.memory", 20_000, "max.block.ms", 50)) {
      long start = System.nanoTime();
      Future<RecordMetadata> send =
          producer.send(new ProducerRecord<>(topic, VALUE), (metadata, why) -> calledBack.add(why));
      assertTrue(System.nanoTime() - start >= 50_000_000, "did not wait");
      assertTrue(send.isDone());
      Throwable why = assertThrows(ExecutionException.class, send::get).getCause();
      assertEquals(BufferExhaustedException.class, why.getClass());
      assertTrue(
          why.getMessage()
              .matches(
                  "Failed to allocate \\d+ bytes within the configured max blocking time \\d+ ms."
                      + " Total memory: 20000 bytes. Available memory: \\d+ bytes. Poolable size:"
                      + " 16384 bytes"),
          why::getMessage);
      assertEquals(why, calledBack.remove());
      kafka.resume(1);
    }
  }

  @Test
  void roomIsGivenBack(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    try (RdKafkaProducer<String, String> producer =
        full(kafka, topic, "buffer.memory", 20_000, "max.block.ms", 5_000)) {
      kafka.resume(1);
      ProducerTests.until(
          () -> {
            try {
              producer.send(new ProducerRecord<>(topic, VALUE)).get();
              return true;
            } catch (ExecutionException stillFull) {
              return false;
            } catch (InterruptedException unexpected) {
              throw new AssertionError(unexpected);
            }
          },
          () -> "no room");
      List<Future<RecordMetadata>> sends = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        sends.add(producer.send(new ProducerRecord<>(topic, VALUE)));
      }
      for (Future<RecordMetadata> send : sends) {
        send.get();
      }
    }
  }

  /** As with batches that are full: what lingers may not keep out what comes. */
  @ParameterizedTest
  @EnumSource(Client.class)
  void nothingLingersWhileMemoryIsUsedUp(Client client, KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    Map<String, Object> config =
        ProducerTests.config(
            kafka,
            "linger.ms",
            60_000,
            "delivery.timeout.ms",
            120_000,
            "buffer.memory",
            1_000_000,
            "max.block.ms",
            20_000);
    List<Future<RecordMetadata>> sends = new ArrayList<>();
    try (Producer<String, String> producer =
        client.open(config, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < 5_000; i++) {
        Future<RecordMetadata> send = producer.send(new ProducerRecord<>(topic, VALUE));
        assertFalse(fails(send), () -> "" + send.exceptionNow());
        sends.add(send);
      }
    }
    sends.forEach(send -> assertEquals(Future.State.SUCCESS, send.state()));
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void metricsTellOfTheWait(Client client, KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    Map<String, Object> config =
        ProducerTests.config(kafka, "buffer.memory", 40_000, "max.block.ms", 1_000);
    AtomicBoolean enough = new AtomicBoolean();
    try (Producer<String, String> producer =
        client.open(config, new StringSerializer(), new StringSerializer())) {
      ProducerTests.until(() -> delivers(producer, topic), () -> "the topic stays unknown");
      double errors = metric(producer, "record-error-total");
      // Kafka's producer gives a record's memory back after it has told of the delivery
      ProducerTests.until(
          () -> metric(producer, "buffer-available-bytes") == 40_000, () -> "memory is missing");
      kafka.pause(1);
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        senders.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      while (!enough.get()) {
                        producer.send(new ProducerRecord<>(topic, VALUE));
                      }
                    }));
      }
      ProducerTests.until(() -> metric(producer, "waiting-threads") == 3, () -> "they do not wait");
      assertTrue(metric(producer, "buffer-available-bytes") < 16_384);
      assertEquals(40_000, metric(producer, "buffer-total-bytes"));
      ProducerTests.until(
          () -> metric(producer, "buffer-exhausted-total") >= 3, () -> "they wait for ever");
      enough.set(true);
      for (Thread sender : senders) {
        sender.join();
      }
      assertEquals(0, metric(producer, "waiting-threads"));
      assertEquals(
          metric(producer, "buffer-exhausted-total"),
          metric(producer, "record-error-total") - errors);
      assertTrue(metric(producer, "buffer-exhausted-rate") > 0);
      assertTrue(metric(producer, "bufferpool-wait-time-ns-total") > 1e9);
      assertTrue(metric(producer, "bufferpool-wait-ratio") > 0);
      kafka.resume(1);
    }
  }

  private static double metric(Producer<?, ?> producer, String name) {
    return producer.metrics().values().stream()
        .filter(metric -> metric.metricName().group().equals("producer-metrics"))
        .filter(metric -> metric.metricName().name().equals(name))
        .mapToDouble(metric -> (double) metric.metricValue())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anInterruptEndsTheWait(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    try (RdKafkaProducer<String, String> producer =
        full(kafka, topic, "buffer.memory", 20_000, "max.block.ms", 500)) {
      Thread sender =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (true) {
                        producer.send(new ProducerRecord<>(topic, VALUE));
                      }
                    } catch (Throwable failure) {
                      thrown.add(failure);
                      assertTrue(Thread.currentThread().isInterrupted());
                    }
                  });
      ProducerTests.until(
          () -> sender.getState() == Thread.State.TIMED_WAITING, () -> "does not wait");
      sender.interrupt();
      sender.join();
      assertInstanceOf(InterruptException.class, thrown.remove());
      kafka.resume(1);
    }
  }

  @Test
  void anInterruptEndsTheWaitForMetadata() throws Exception {
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(ProducerTests.NOWHERE))) {
      Thread sender =
          Thread.ofPlatform()
              .start(
                  () ->
                      thrown.add(
                          assertThrows(
                              Throwable.class,
                              () -> producer.send(new ProducerRecord<>("t", VALUE)))));
      ProducerTests.until(
          () -> sender.getState() == Thread.State.TIMED_WAITING, () -> "does not wait");
      sender.interrupt();
      sender.join();
      assertInstanceOf(InterruptException.class, thrown.remove());
    }
  }

  @Test
  void anInterruptEndsAFlush(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    try (RdKafkaProducer<String, String> producer =
        full(kafka, topic, "buffer.memory", 20_000, "max.block.ms", 300)) {
      Thread flusher =
          Thread.ofPlatform()
              .start(() -> thrown.add(assertThrows(Throwable.class, producer::flush)));
      ProducerTests.until(
          () -> flusher.getState() == Thread.State.TIMED_WAITING, () -> "does not wait");
      flusher.interrupt();
      flusher.join();
      Throwable why = thrown.remove();
      assertInstanceOf(InterruptException.class, why);
      assertEquals("Flush interrupted.", why.getMessage());
      kafka.resume(1);
    }
  }

  @Test
  void aCallbackThatSendsWhenThereIsNoRoomDoesNotWait(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    BlockingQueue<Future<RecordMetadata>> inCallback = new LinkedBlockingQueue<>();
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(
            ProducerTests.config(kafka, "buffer.memory", 20_000, "max.block.ms", 60_000))) {
      producer.send(
          new ProducerRecord<>(topic, "first"),
          (metadata, why) -> {
            Future<RecordMetadata> send;
            do {
              send = producer.send(new ProducerRecord<>(topic, VALUE));
              inCallback.add(send);
            } while (!send.isDone());
          });
      Future<RecordMetadata> last = inCallback.take();
      while (!last.isDone() || !fails(last)) {
        last = inCallback.take();
      }
      Throwable why = assertThrows(ExecutionException.class, last::get).getCause();
      assertEquals(BufferExhaustedException.class, why.getClass());
    }
  }

  private static boolean fails(Future<RecordMetadata> send) {
    return send.state() == Future.State.FAILED;
  }

  /** Each is told of once, and the next ones are sent: an idempotent producer goes on. */
  @ParameterizedTest
  @EnumSource(Client.class)
  void aRecordThatDoesNotGetAwayExpires(Client client, KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    Map<String, Object> config =
        ProducerTests.config(
            kafka, "delivery.timeout.ms", 5_000, "request.timeout.ms", 4_000, "linger.ms", 0);
    try (Producer<String, String> producer =
        client.open(config, new StringSerializer(), new StringSerializer())) {
      ProducerTests.awaitTopic(producer, topic);
      producer.send(new ProducerRecord<>(topic, "before")).get();
      kafka.pause(1);
      List<Future<RecordMetadata>> sends = new ArrayList<>();
      Queue<Exception> calledBack = new ConcurrentLinkedQueue<>();
      for (int i = 0; i < 10; i++) {
        sends.add(
            producer.send(
                new ProducerRecord<>(topic, VALUE), (metadata, why) -> calledBack.add(why)));
      }
      for (Future<RecordMetadata> send : sends) {
        Throwable why = assertThrows(ExecutionException.class, send::get).getCause();
        assertEquals(TimeoutException.class, why.getClass());
        assertTrue(
            why.getMessage()
                .matches(
                    "Expiring \\d+ record\\(s\\) for "
                        + topic
                        + "-0:\\d+ ms has passed since batch creation\\. The request has not been"
                        + " sent, or no server response has been received yet\\."),
            why::getMessage);
      }
      assertEquals(10, calledBack.stream().filter(TimeoutException.class::isInstance).count());
      kafka.resume(1);
      ProducerTests.until(() -> delivers(producer, topic), () -> "no record gets away any more");
      for (int i = 0; i < 10; i++) {
        producer.send(new ProducerRecord<>(topic, "after " + i)).get();
      }
      assertEquals(10, calledBack.size(), "called back twice");
    }
    List<String> read =
        ProducerTests.readAll(kafka, topic).stream()
            .map(record -> ProducerTests.text(record.value()))
            .toList();
    assertEquals("before", read.getFirst());
    assertEquals(
        IntStream.range(0, 10).mapToObj(i -> "after " + i).toList(),
        read.subList(read.size() - 10, read.size()));
  }

  private static boolean delivers(Producer<String, String> producer, String topic) {
    try {
      return producer.send(new ProducerRecord<>(topic, "again")).get() != null;
    } catch (ExecutionException stillAway) {
      return false;
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }
}
