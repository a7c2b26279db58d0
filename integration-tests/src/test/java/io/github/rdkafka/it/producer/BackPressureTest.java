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
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
        full(kafka, topic, "buffer.memory", 20_000, "max.block.ms", 1_000)) {
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

  @Test
  void aRecordThatDoesNotGetAwayExpires(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 1);
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(
            ProducerTests.config(
                kafka,
                "delivery.timeout.ms",
                1_500,
                "request.timeout.ms",
                1_000,
                "linger.ms",
                0))) {
      ProducerTests.awaitTopic(producer, topic);
      kafka.pause(1);
      List<Future<RecordMetadata>> sends = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        sends.add(producer.send(new ProducerRecord<>(topic, VALUE)));
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
      kafka.resume(1);
      assertFalse(sends.isEmpty());
    }
  }
}
