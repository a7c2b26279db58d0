package io.github.rdkafka.dropin.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.dropin.programs.streams.WordCount;
import io.github.rdkafka.dropin.programs.streams.WordCountProcess;
import io.github.rdkafka.dropin.programs.streams.WordCountTopics;
import io.github.rdkafka.streams.RdKafkaClientSupplier;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Word counts with the supplier instead of the agent, exactly once, over restarts and kills. */
@KafkaClusterTest
@Timeout(240)
class SupplierIT {
  private final String application = "word-count-" + UUID.randomUUID();

  @Test
  void countsOverARestart(KafkaCluster kafka, @TempDir Path folder) {
    WordCountTopics topics = new WordCountTopics(kafka, application);
    for (int round = 1; round <= 2; round++) {
      topics.write(200);
      Path state = folder.resolve("round" + round);
      try (KafkaStreams streams =
          new KafkaStreams(
              WordCount.topology(application),
              WordCount.config(kafka.bootstrapServers(), application, state),
              new RdKafkaClientSupplier())) {
        streams.start();
        topics.awaitCounts(200L * round, () -> streams.state().toString());
      }
    }
  }

  @Test
  void countsAlthoughItIsKilled(KafkaCluster kafka, @TempDir Path folder) throws Exception {
    WordCountTopics topics = new WordCountTopics(kafka, application);
    topics.write(3000);
    WordCountProcess process =
        new WordCountProcess(
            folder,
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            List.of("--enable-native-access=ALL-UNNAMED"),
            kafka.bootstrapServers(),
            application,
            List.of("supplier"));
    process.killOnceItCounts(topics);
    process.finish(3000, topics);
    assertTrue(process.log().contains("records are fetched by librdkafka"), process::log);
  }
}
