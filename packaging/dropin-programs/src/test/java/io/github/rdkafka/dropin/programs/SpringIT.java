package io.github.rdkafka.dropin.programs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.dropin.programs.spring.SpringApplication;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Spring application, nothing in it changed, on librdkafka. */
@KafkaClusterTest
@Timeout(200)
class SpringIT {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void listenerAndTemplate(boolean transactional, KafkaCluster kafka, @TempDir Path scratch)
      throws Exception {
    String topic = "spring-" + UUID.randomUUID();
    kafka.createTopic(topic, 4);
    List<String> arguments = new ArrayList<>(List.of(kafka.bootstrapServers(), topic));
    if (transactional) {
      arguments.add(topic);
    }
    Program.Result result = Program.run(scratch, "", SpringApplication.class.getName(), arguments);
    assertAll(
        () -> assertEquals(0, result.exitCode(), result::log),
        () -> assertTrue(result.output().contains("received all: true"), result::log),
        () -> assertTrue(result.output().contains("context closed"), result::log),
        () -> assertTrue(result.ranOn("KafkaProducer"), result::log),
        () -> assertTrue(result.ranOn("KafkaConsumer"), result::log),
        () -> assertFalse(result.log().contains(" ERROR "), result::log));
  }
}
