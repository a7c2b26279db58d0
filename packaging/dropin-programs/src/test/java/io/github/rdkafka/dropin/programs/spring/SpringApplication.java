package io.github.rdkafka.dropin.programs.spring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/** Sends with a template and receives with a listener, as Spring's guide says. */
public class SpringApplication {
  static final int RECORDS = 500;
  private static final CountDownLatch RECEIVED = new CountDownLatch(RECORDS);

  /** Arguments: bootstrap servers, topic, and a prefix for transactional ids, if wanted. */
  public static void main(String[] args) throws Exception {
    System.setProperty("bootstrap", args[0]);
    System.setProperty("topic", args[1]);
    System.setProperty("transactions", args.length > 2 ? args[2] : "");
    try (var context = new AnnotationConfigApplicationContext(Clients.class, Listener.class)) {
      @SuppressWarnings("unchecked")
      KafkaTemplate<String, String> template = context.getBean(KafkaTemplate.class);
      if (template.isTransactional()) {
        template.executeInTransaction(
            operations -> {
              send(operations::send, args[1]);
              return null;
            });
      } else {
        send(template::send, args[1]);
      }
      System.out.println("received all: " + RECEIVED.await(60, TimeUnit.SECONDS));
    }
    System.out.println("context closed");
  }

  private interface Send {
    java.util.concurrent.CompletableFuture<?> send(String topic, String key, String value);
  }

  private static void send(Send template, String topic) {
    List<java.util.concurrent.CompletableFuture<?>> sends =
        java.util.stream.IntStream.range(0, RECORDS)
            .<java.util.concurrent.CompletableFuture<?>>mapToObj(
                i -> template.send(topic, "key" + i, "value" + i))
            .toList();
    sends.forEach(java.util.concurrent.CompletableFuture::join);
  }

  /** What a Spring Boot application has by itself. */
  @Configuration
  @EnableKafka
  public static class Clients {
    @Bean
    ProducerFactory<String, String> producerFactory() {
      Map<String, Object> config = new HashMap<>();
      config.put("bootstrap.servers", System.getProperty("bootstrap"));
      config.put("key.serializer", StringSerializer.class);
      config.put("value.serializer", StringSerializer.class);
      DefaultKafkaProducerFactory<String, String> factory =
          new DefaultKafkaProducerFactory<>(config);
      if (!System.getProperty("transactions").isEmpty()) {
        factory.setTransactionIdPrefix(System.getProperty("transactions"));
      }
      return factory;
    }

    @Bean
    KafkaTemplate<String, String> template(ProducerFactory<String, String> factory) {
      return new KafkaTemplate<>(factory);
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory() {
      Map<String, Object> config = new HashMap<>();
      config.put("bootstrap.servers", System.getProperty("bootstrap"));
      config.put("key.deserializer", StringDeserializer.class);
      config.put("value.deserializer", StringDeserializer.class);
      config.put("auto.offset.reset", "earliest");
      config.put("isolation.level", "read_committed");
      ConcurrentKafkaListenerContainerFactory<String, String> factory =
          new ConcurrentKafkaListenerContainerFactory<>();
      factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(config));
      factory.setConcurrency(2);
      return factory;
    }
  }

  /** Counts what comes. */
  public static class Listener {
    @KafkaListener(id = "listener", topics = "#{systemProperties['topic']}")
    void receive(String value) {
      if (value.startsWith("value")) {
        RECEIVED.countDown();
      }
    }
  }
}
