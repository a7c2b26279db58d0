package io.github.rdkafka.benchmarks.worker;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.benchmarks.Contender;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What differs between both Java clients: a constructor. */
final class Clients {
  private Clients() {}

  static Producer<byte[], byte[]> producer(Contender contender, Map<String, Object> config) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    return contender == Contender.RDKAFKA
        ? new RdKafkaProducer<>(config, bytes, bytes)
        : new KafkaProducer<>(config, bytes, bytes);
  }

  static Consumer<byte[], byte[]> consumer(Contender contender, Map<String, Object> config) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return contender == Contender.RDKAFKA
        ? new RdKafkaConsumer<>(config, bytes, bytes)
        : new KafkaConsumer<>(config, bytes, bytes);
  }
}
