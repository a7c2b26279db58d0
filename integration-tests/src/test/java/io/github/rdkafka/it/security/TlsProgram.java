package io.github.rdkafka.it.security;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.RdKafkaProducer;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes a record and reads it, and says how that went: {@code connected}, or the class of what the
 * send failed with. Usage: TlsProgram configuration topic
 */
public final class TlsProgram {
  private TlsProgram() {}

  public static void main(String[] args) throws Exception {
    Map<String, Object> config = new HashMap<>();
    try (Reader file = Files.newBufferedReader(Path.of(args[0]))) {
      Properties properties = new Properties();
      properties.load(file);
      properties.forEach((key, value) -> config.put((String) key, value));
    }
    String topic = args[1];
    StringSerializer text = new StringSerializer();
    try (RdKafkaProducer<String, String> producer = new RdKafkaProducer<>(config, text, text)) {
      SecureClients.send(producer, topic, "hello");
    } catch (ExecutionException failure) {
      System.out.println(failure.getCause().getClass().getName());
      return;
    }
    config.put("group.id", topic);
    config.put("auto.offset.reset", "earliest");
    StringDeserializer toText = new StringDeserializer();
    try (RdKafkaConsumer<String, String> consumer = new RdKafkaConsumer<>(config, toText, toText)) {
      consumer.subscribe(List.of(topic));
      if (SecureClients.readOne(consumer).equals("hello")) {
        System.out.println("connected");
      }
    }
  }
}
