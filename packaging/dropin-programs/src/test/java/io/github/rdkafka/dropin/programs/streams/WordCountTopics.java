package io.github.rdkafka.dropin.programs.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.testing.KafkaCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The lines that a {@link WordCount} gets and the counts that it writes. */
public final class WordCountTopics {
  public static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final String[] WORDS = {"all", "work", "and", "no", "play"};
  private static final int PARTITIONS = 2;

  private final KafkaCluster kafka;
  private final String input;
  private final String output;

  /** Makes the topics. */
  public WordCountTopics(KafkaCluster kafka, String applicationId) {
    this.kafka = kafka;
    this.input = WordCount.input(applicationId);
    this.output = WordCount.output(applicationId);
    kafka.createTopic(input, PARTITIONS);
    kafka.createTopic(output, PARTITIONS);
  }

  public void write(int lines) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      for (int i = 0; i < lines; i++) {
        producer.send(new ProducerRecord<>(input, i % PARTITIONS, null, String.join(" ", WORDS)));
      }
    }
  }

  /** Each word's committed counts, in the order in which they were written. */
  public Map<String, List<Long>> counts() {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "group.id",
            UUID.randomUUID().toString(),
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false,
            "isolation.level",
            "read_committed");
    Map<String, List<Long>> counts = new HashMap<>();
    try (KafkaConsumer<String, Long> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new LongDeserializer())) {
      var partitions =
          consumer.partitionsFor(output).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<String, Long> count : consumer.poll(Duration.ofMillis(100))) {
          counts.computeIfAbsent(count.key(), word -> new ArrayList<>()).add(count.value());
        }
      }
    }
    return counts;
  }

  /** Waits until all lines are counted; every count of every word must be there once, in order. */
  public void awaitCounts(long lines, Supplier<String> state) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<String, List<Long>> counts = counts();
    while (!complete(counts, lines)) {
      assertTrue(System.nanoTime() < deadline, state);
      counts = counts();
    }
    List<Long> expected = LongStream.rangeClosed(1, lines).boxed().toList();
    for (String word : WORDS) {
      assertEquals(expected, counts.get(word), word);
    }
  }

  private static boolean complete(Map<String, List<Long>> counts, long lines) {
    return List.of(WORDS).stream()
        .allMatch(word -> counts.getOrDefault(word, List.of()).contains(lines));
  }
}
