package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.it.ForkedJvm;
import io.github.rdkafka.it.SharedCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new producer's way to its first acknowledgement: when the bootstrap broker has told of the
 * cluster's brokers, one of them is connected to at once, and not after a time.
 */
@Timeout(120)
class FirstSendTest {
  private static final int PRODUCERS = 10;
  private static final List<String> LOG_OF_LIBRDKAFKA =
      List.of("-Dorg.slf4j.simpleLogger.log.io.github.rdkafka.librdkafka=debug");

  @Test
  void waitsForNoTimer(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log");
    String topic = "first-send-" + UUID.randomUUID();
    SharedCluster.get().createTopic(topic, 6);
    List<String> command =
        ForkedJvm.command(
            Program.class, LOG_OF_LIBRDKAFKA, SharedCluster.get().bootstrapServers(), topic);
    Process program =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertTrue(program.waitFor(90, TimeUnit.SECONDS), () -> ForkedJvm.text(log));
    } finally {
      ForkedJvm.kill(program);
    }
    assertEquals(0, program.exitValue(), () -> ForkedJvm.text(log));

    long connectedAtOnce =
        ForkedJvm.text(log).lines().filter(line -> line.contains("Connecting instead of")).count();
    assertEquals(PRODUCERS, connectedAtOnce, () -> ForkedJvm.text(log));
  }

  static final class Program {
    public static void main(String[] args) throws Exception {
      for (int i = 0; i < PRODUCERS; i++) {
        var config = ProducerTests.config(args[0], "librdkafka.debug", "broker");
        try (RdKafkaProducer<String, String> producer = ProducerTests.open(config)) {
          producer.send(new ProducerRecord<>(args[1], "value")).get(30, TimeUnit.SECONDS);
        }
      }
    }
  }
}
