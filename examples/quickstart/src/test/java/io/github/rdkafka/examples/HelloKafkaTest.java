package io.github.rdkafka.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.testing.KafkaCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HelloKafkaTest {
  @Test
  void sendsAndReceives() {
    try (KafkaCluster kafka = KafkaCluster.start()) {
      HelloKafka.main(new String[] {kafka.bootstrapServers()});
    }
  }

  @Test
  void isTheProgramThatReadmeShows() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/io/github/rdkafka/examples/HelloKafka.java"));
    String shown = source.substring(source.indexOf("import ")).strip();
    assertTrue(
        Files.readString(Path.of("../../README.md")).contains("```java\n" + shown + "\n```"),
        "README.md shows another program than HelloKafka.java");
  }
}
