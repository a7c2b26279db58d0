package io.github.rdkafka.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.RdKafkaProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LifecycleTest {
  private static final int CLIENTS = 200;
  private static final int AT_ONCE = 4;

  @Test
  @Timeout(300)
  void twoHundredProducersAndConsumersLeaveNothing() throws Exception {
    String topic = SharedCluster.newTopic(1);
    useOne(topic, 0);
    Leftovers.assertNone();
    long descriptors = Leftovers.descriptors();

    try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        runs.add(pool.submit(() -> useOne(topic, number)));
      }
      for (Future<?> run : runs) {
        run.get(280, TimeUnit.SECONDS);
      }
    }

    Leftovers.assertNone();
    // Fewer, when the fixture's own connections have been idle for long.
    Leftovers.await(() -> Leftovers.descriptors() <= descriptors);
    long left = Leftovers.descriptors() - descriptors;
    assertTrue(left <= 0, () -> left + " sockets, pipes and event descriptors are left");
  }

  private static void useOne(String topic, int number) {
    Map<String, Object> common =
        Map.of("bootstrap.servers", SharedCluster.get().bootstrapServers());
    try (RdKafkaProducer<String, String> producer =
        new RdKafkaProducer<>(common, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "k", "v" + number)).join();
    }
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            SharedCluster.get().bootstrapServers(),
            "auto.offset.reset",
            "earliest",
            "group.id",
            "lifecycle-" + UUID.randomUUID());
    try (RdKafkaConsumer<String, String> consumer =
        new RdKafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      if (number % 2 == 0) {
        consumer.subscribe(List.of(topic));
      } else {
        consumer.assign(List.of(new TopicPartition(topic, 0)));
      }
      long start = System.nanoTime();
      boolean found = false;
      while (!found && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60)) {
        found = !consumer.poll(Duration.ofMillis(100)).isEmpty();
      }
      assertTrue(found, "consumer " + number + " read nothing");
    }
  }
}
