package io.github.rdkafka.dropin.programs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.dropin.programs.streams.WordCountProcess;
import io.github.rdkafka.dropin.programs.streams.WordCountTopics;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Streams application with exactly_once_v2, killed and started again: all of its clients are on
 * librdkafka, the main consumer with Streams' own partition assignor.
 */
@KafkaClusterTest
@Timeout(240)
class StreamsIT {
  private static final String MAIN_CONSUMER =
      "StreamsPartitionAssignor] run in Kafka's own client, records are fetched by librdkafka";

  @Test
  void countsAlthoughItIsKilled(KafkaCluster kafka, @TempDir Path folder) throws Exception {
    String application = "word-count-" + UUID.randomUUID();
    WordCountTopics topics = new WordCountTopics(kafka, application);
    topics.write(3000);
    WordCountProcess process =
        new WordCountProcess(
            folder,
            Program.CLASS_PATH + File.pathSeparator + Program.APPLICATIONS,
            List.of("-javaagent:" + Program.AGENT + "=required=true"),
            kafka.bootstrapServers(),
            application,
            List.of());
    process.killOnceItCounts(topics);
    process.finish(3000, topics);
    assertAll(
        () -> assertTrue(process.log().contains("INFO io.github.rdkafka.dropin"), process::log),
        () -> assertTrue(process.log().contains(MAIN_CONSUMER), process::log));
  }
}
