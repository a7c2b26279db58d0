package io.github.rdkafka.examples.quickstart;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.RdKafkaProducer;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The two that are compared. What differs is the constructor, nothing else. */
enum Client {
  RDKAFKA("rdkafka-client") {
    @Override
    Producer<String, byte[]> producer(Map<String, Object> config) {
      return new RdKafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    Consumer<String, byte[]> consumer(Map<String, Object> config) {
      return new RdKafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }
  },

  KAFKA_CLIENTS("kafka-clients") {
    @Override
    Producer<String, byte[]> producer(Map<String, Object> config) {
      return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    Consumer<String, byte[]> consumer(Map<String, Object> config) {
      return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }
  };

  private final String title;

  Client(String title) {
    this.title = title;
  }

  abstract Producer<String, byte[]> producer(Map<String, Object> config);

  abstract Consumer<String, byte[]> consumer(Map<String, Object> config);

  /** The name of its artifact, which also names its topic. */
  String title() {
    return title;
  }
}
