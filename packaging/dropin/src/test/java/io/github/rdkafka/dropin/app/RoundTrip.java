package io.github.rdkafka.dropin.app;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A program that was not written for librdkafka: sends a record and reads it back. Usage: RoundTrip
 * bootstrap-servers topic [key=value of the consumer]...
 */
public final class RoundTrip {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private RoundTrip() {}

  public static void main(String[] args) throws Exception {
    Map<String, Object> producing = Map.of("bootstrap.servers", args[0]);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(producing, new StringSerializer(), new StringSerializer())) {
      System.out.println(
          "sent " + producer.send(new ProducerRecord<>(args[1], "key", "value")).get());
    }
    Map<String, Object> consuming = new HashMap<>();
    consuming.put("bootstrap.servers", args[0]);
    consuming.put("group.id", args[1]);
    consuming.put("auto.offset.reset", "earliest");
    consuming.put("key.deserializer", StringDeserializer.class.getName());
    consuming.put("value.deserializer", StringDeserializer.class.getName());
    for (int i = 2; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      consuming.put(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(consuming)) {
      consumer.subscribe(List.of(args[1]));
      Instant end = Instant.now().plus(LIMIT);
      while (Instant.now().isBefore(end)) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          System.out.println("received " + record.key() + " " + record.value());
          Counts.print();
          return;
        }
      }
    }
    throw new IllegalStateException("nothing received");
  }
}
