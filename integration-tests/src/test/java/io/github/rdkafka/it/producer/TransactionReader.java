package io.github.rdkafka.it.producer;

import io.github.rdkafka.testing.KafkaCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics with Kafka's own consumer. */
final class TransactionReader {
  private TransactionReader() {}

  /** The values of all partitions in order, up to the end of the log: no transaction is open. */
  static List<String> read(KafkaCluster kafka, String topic, String isolation) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", isolation);
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
            new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
        KafkaConsumer<String, String> all =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
      for (PartitionInfo info : consumer.partitionsFor(topic)) {
        TopicPartition partition = new TopicPartition(topic, info.partition());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = all.endOffsets(List.of(partition)).get(partition);
        ProducerTests.until(
            () -> {
              consumer.poll(Duration.ofMillis(50)).forEach(record -> values.add(record.value()));
              return consumer.position(partition) >= end;
            },
            () -> isolation + " cannot pass " + consumer.position(partition) + " of " + partition);
      }
    }
    return values;
  }
}
