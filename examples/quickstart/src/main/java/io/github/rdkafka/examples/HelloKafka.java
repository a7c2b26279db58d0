package io.github.rdkafka.examples;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.RdKafkaProducer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends one record and reads it back. Usage: HelloKafka bootstrap-servers */
public final class HelloKafka {
  public static void main(String[] args) {
    Map<String, Object> toProduce = Map.of("bootstrap.servers", args[0]);
    try (var producer =
        new RdKafkaProducer<>(toProduce, new StringSerializer(), new StringSerializer())) {
      var sent = producer.send(new ProducerRecord<>("greetings", "hello", "world")).join();
      System.out.println("sent to " + sent);
    }

    Map<String, Object> toConsume =
        Map.of("bootstrap.servers", args[0], "group.id", "hello", "auto.offset.reset", "earliest");
    try (var consumer =
        new RdKafkaConsumer<>(toConsume, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("greetings"));
      for (int polls = 0; polls < 30; polls++) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          System.out.println("received " + record.key() + " " + record.value());
          return;
        }
      }
    }
    throw new IllegalStateException("nothing received");
  }
}
