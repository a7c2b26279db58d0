package io.github.rdkafka.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own clients, as far as these tests need them. */
final class Records {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Records() {}

  static KafkaProducer<String, String> producer(String servers, Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", servers);
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  /** A record for partition 0. */
  static ProducerRecord<String, String> record(String topic, String value) {
    return new ProducerRecord<>(topic, 0, null, value);
  }

  static void produce(String servers, String topic, List<String> values) throws Exception {
    produce(servers, topic, values, Map.of());
  }

  /** Returns when the broker has acknowledged all, in order. */
  static void produce(String servers, String topic, List<String> values, Map<String, Object> more)
      throws Exception {
    try (KafkaProducer<String, String> producer = producer(servers, more)) {
      for (String value : values) {
        producer.send(record(topic, value)).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  static List<String> consume(String servers, String topic, int count) {
    return consume(servers, topic, count, Map.of());
  }

  /** The first values of partition 0; fewer if they do not come in time. */
  static List<String> consume(String servers, String topic, int count, Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", servers);
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }
}
