package io.github.rdkafka.it.producer;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.RdKafkaProducer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A program that copies one topic to another, each record once, until it is killed. Usage: Relay
 * bootstrap-servers input output
 */
public final class Relay {
  private Relay() {}

  public static void main(String[] args) {
    String input = args[1];
    String output = args[2];
    Map<String, Object> toProduce =
        Map.of("bootstrap.servers", args[0], "transactional.id", "relay-" + input);
    Map<String, Object> toConsume =
        Map.of(
            "bootstrap.servers",
            args[0],
            "group.id",
            "relay-" + input,
            // Whoever comes back under this name gets its partitions at once.
            "group.instance.id",
            "relay",
            "isolation.level",
            "read_committed",
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest",
            "max.poll.records",
            50);
    try (RdKafkaProducer<String, String> producer =
            new RdKafkaProducer<>(toProduce, new StringSerializer(), new StringSerializer());
        RdKafkaConsumer<String, String> consumer =
            new RdKafkaConsumer<>(toConsume, new StringDeserializer(), new StringDeserializer())) {
      producer.initTransactions();
      consumer.subscribe(List.of(input));
      while (true) {
        ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(1));
        if (!records.isEmpty()) {
          relay(records, consumer, producer, output);
        }
      }
    }
  }

  private static void relay(
      ConsumerRecords<String, String> records,
      RdKafkaConsumer<String, String> consumer,
      RdKafkaProducer<String, String> producer,
      String output) {
    producer.beginTransaction();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ConsumerRecord<String, String> record : records) {
      producer.send(new ProducerRecord<>(output, record.partition(), record.key(), record.value()));
      offsets.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
    producer.commitTransaction();
  }
}
