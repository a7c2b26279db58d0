package io.github.rdkafka.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Word counts, exactly once, over restarts and kills: every count of every word appears once. */
@KafkaClusterTest
@Timeout(240)
class RdKafkaClientSupplierTest {
  private static final String[] WORDS = {"all", "work", "and", "no", "play"};
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private final String application = "word-count-" + UUID.randomUUID();
  private final String input = application + "-input";
  private final String output = application + "-output";

  @Test
  void countsOverARestart(KafkaCluster kafka, @TempDir Path folder) {
    topics(kafka);
    for (int round = 1; round <= 2; round++) {
      write(kafka, 200);
      try (KafkaStreams streams =
          new KafkaStreams(
              WordCount.topology(input, output),
              WordCount.config(
                  kafka.bootstrapServers(), application, folder.resolve("round" + round)),
              new RdKafkaClientSupplier())) {
        streams.start();
        awaitCounts(kafka, 200L * round, () -> streams.state().toString());
      }
    }
  }

  @Test
  void countsAlthoughItIsKilled(KafkaCluster kafka, @TempDir Path folder) throws Exception {
    topics(kafka);
    write(kafka, 3000);
    Process first = start(kafka, folder, 1);
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (counts(kafka).isEmpty()) {
        assertTrue(first.isAlive(), () -> log(folder));
        assertTrue(System.nanoTime() < deadline, () -> log(folder));
      }
    } finally {
      kill(first);
    }
    Process second = start(kafka, folder, 2);
    try {
      awaitCounts(kafka, 3000, () -> log(folder));
    } finally {
      kill(second);
    }
    assertFalse(log(folder).contains("SIGSEGV"), () -> log(folder));
  }

  private void topics(KafkaCluster kafka) {
    kafka.createTopic(input, PARTITIONS);
    kafka.createTopic(output, PARTITIONS);
  }

  private void write(KafkaCluster kafka, int lines) {
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
  private Map<String, List<Long>> counts(KafkaCluster kafka) {
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
              .map(p -> new org.apache.kafka.common.TopicPartition(p.topic(), p.partition()))
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

  private void awaitCounts(
      KafkaCluster kafka, long lines, java.util.function.Supplier<String> state) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<String, List<Long>> counts = counts(kafka);
    while (!complete(counts, lines)) {
      assertTrue(System.nanoTime() < deadline, state);
      counts = counts(kafka);
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

  private Process start(KafkaCluster kafka, Path folder, int run) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            WordCount.class.getName(),
            kafka.bootstrapServers(),
            input,
            output,
            application,
            folder.resolve("state" + run).toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  /** With SIGKILL: it cannot clean up. */
  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
  }

  private static String log(Path folder) {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException none) {
      return none.toString();
    }
  }
}
