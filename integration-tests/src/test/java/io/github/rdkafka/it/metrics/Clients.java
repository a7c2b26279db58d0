package io.github.rdkafka.it.metrics;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.it.SharedCluster;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Whose clients do the work. */
enum Clients {
  KAFKA {
    @Override
    Producer<String, String> producer(Map<String, Object> config) {
      return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    @Override
    Consumer<String, String> consumer(Map<String, Object> config) {
      return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    }
  },
  OURS {
    @Override
    Producer<String, String> producer(Map<String, Object> config) {
      return new RdKafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    @Override
    Consumer<String, String> consumer(Map<String, Object> config) {
      return new RdKafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    }
  };

  abstract Producer<String, String> producer(Map<String, Object> config);

  abstract Consumer<String, String> consumer(Map<String, Object> config);

  /** With statistics often enough for a test; Kafka's clients do not know that key. */
  static Map<String, Object> producerConfig(Object... overrides) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", SharedCluster.get().bootstrapServers());
    config.put("client.id", "metrics-" + UUID.randomUUID());
    config.put("librdkafka.statistics.interval.ms", 200);
    for (int i = 0; i < overrides.length; i += 2) {
      config.put((String) overrides[i], overrides[i + 1]);
    }
    return config;
  }

  /** As {@link #producerConfig}, for a new group that reads from the beginning. */
  static Map<String, Object> consumerConfig(Object... overrides) {
    Map<String, Object> config = producerConfig(overrides);
    config.putIfAbsent("group.id", "g-" + UUID.randomUUID());
    config.putIfAbsent("auto.offset.reset", "earliest");
    return config;
  }
}
