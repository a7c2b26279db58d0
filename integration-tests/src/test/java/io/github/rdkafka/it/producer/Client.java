package io.github.rdkafka.it.producer;

import io.github.rdkafka.RdKafkaProducer;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serializer;

/** The two producers that are to behave alike. */
enum Client {
  KAFKA {
    @Override
    <K, V> Producer<K, V> open(
        Map<String, Object> config, Serializer<K> keySerializer, Serializer<V> valueSerializer) {
      return new KafkaProducer<>(config, keySerializer, valueSerializer);
    }
  },
  RDKAFKA {
    @Override
    <K, V> Producer<K, V> open(
        Map<String, Object> config, Serializer<K> keySerializer, Serializer<V> valueSerializer) {
      return new RdKafkaProducer<>(config, keySerializer, valueSerializer);
    }
  };

  abstract <K, V> Producer<K, V> open(
      Map<String, Object> config, Serializer<K> keySerializer, Serializer<V> valueSerializer);
}
