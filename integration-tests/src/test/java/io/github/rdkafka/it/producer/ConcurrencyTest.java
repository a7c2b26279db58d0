package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many senders on one producer, and what is chained to their futures. */
@KafkaClusterTest
@Timeout(120)
class ConcurrencyTest {
  @AfterEach
  void nothingIsLeft() {
    ProducerTests.assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachRecordArrivesOnceAndInOrder(boolean virtual, KafkaCluster kafka) throws Exception {
    int threads = virtual ? 200 : 8;
    int perThread = 40_000 / threads;
    String topic = ProducerTests.newTopic(kafka, 5);
    AtomicInteger callbacks = new AtomicInteger();
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka, "buffer.memory", 2_000_000))) {
      List<Thread> senders = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String key = "sender " + t;
        int[] last = {-1};
        Runnable work =
            () -> {
              for (int i = 0; i < perThread; i++) {
                int number = i;
                producer.send(
                    new ProducerRecord<>(topic, key, "" + i),
                    (metadata, why) -> {
                      callbacks.incrementAndGet();
                      if (why != null || last[0] != number - 1) {
                        wrong.add(key + ": " + number + " after " + last[0] + ", " + why);
                      }
                      last[0] = number;
                    });
              }
            };
        senders.add(virtual ? Thread.startVirtualThread(work) : Thread.ofPlatform().start(work));
      }
      for (Thread sender : senders) {
        sender.join();
      }
      producer.flush();
      assertEquals(threads * perThread, callbacks.get());
    }
    assertTrue(wrong.isEmpty(), wrong::toString);
    Map<String, Integer> next = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : ProducerTests.readAll(kafka, topic)) {
      int number = Integer.parseInt(ProducerTests.text(record.value()));
      assertEquals(
          next.merge(ProducerTests.text(record.key()), 1, Integer::sum) - 1, number, "order");
    }
    assertEquals(threads, next.size());
    next.values().forEach(count -> assertEquals(perThread, count));
  }

  @Test
  void metadataSaysWhereTheRecordIs(KafkaCluster kafka) {
    String topic = ProducerTests.newTopic(kafka, 3);
    Map<String, CompletableFuture<RecordMetadata>> sends = new HashMap<>();
    try (RdKafkaProducer<String, String> producer =
        ProducerTests.open(ProducerTests.config(kafka))) {
      for (int i = 0; i < 20_000; i++) {
        String value = "value " + i;
        sends.put(value, producer.send(new ProducerRecord<>(topic, value)));
      }
    }
    List<ConsumerRecord<byte[], byte[]>> records = ProducerTests.readAll(kafka, topic);
    assertEquals(20_000, records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      RecordMetadata metadata = sends.get(ProducerTests.text(record.value())).join();
      assertEquals(record.partition(), metadata.partition());
      assertEquals(record.offset(), metadata.offset());
      assertEquals(record.timestamp(), metadata.timestamp());
    }
  }

  @Test
  void whatIsChainedToAFutureHoldsUpNobody(KafkaCluster kafka) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger later = new AtomicInteger();
    RdKafkaProducer<String, String> producer = ProducerTests.open(ProducerTests.config(kafka));
    CompletableFuture<Void> blocked =
        producer
            .send(new ProducerRecord<>(topic, "v"))
            .thenAccept(
                metadata -> {
                  try {
                    release.await();
                  } catch (InterruptedException unexpected) {
                    throw new AssertionError(unexpected);
                  }
                });
    CompletableFuture<Void> thrower =
        producer
            .send(new ProducerRecord<>(topic, "v"))
            .thenRun(
                () -> {
                  throw new IllegalStateException("mine");
                });
    List<CompletableFuture<Void>> chained = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      chained.add(
          producer
              .send(new ProducerRecord<>(topic, "v"))
              .thenRun(
                  () -> {
                    producer.send(new ProducerRecord<>(topic, "w"));
                    later.incrementAndGet();
                  }));
    }
    CompletableFuture.allOf(chained.toArray(CompletableFuture[]::new)).get();
    producer.flush();
    assertEquals(1_000, later.get());
    assertFalse(blocked.isDone());
    assertThrows(CompletionException.class, thrower::join);
    producer.close();
    assertFalse(blocked.isDone());
    release.countDown();
    blocked.get();
    assertEquals(2_002, ProducerTests.readAll(kafka, topic).size());
  }
}
