package io.github.rdkafka.dropin;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.dropin.app.Launcher;
import io.github.rdkafka.dropin.app.RoundTrip;
import io.github.rdkafka.dropin.app.Subclass;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are started in the ways that programs are started, against a broker. */
@KafkaClusterTest
class ReplacementIT {

  private static final String ONE_OF_EACH = "counted producers=1 consumers=1 originals=0";
  private static final String REFUSED = "librdkafka.enable.auto.offset.store=true";

  private final String topic = "dropin-" + UUID.randomUUID();
  private String servers;

  @BeforeEach
  void createTopic(KafkaCluster kafka) {
    kafka.createTopic(topic, 1);
    servers = kafka.bootstrapServers();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0", "4.0.2", "4.1.0", "4.1.2", "4.2.0", "4.2.1", "4.3.0", "4.3.1"})
  void programRunsOnLibrdkafka(String version) {
    Jvm.Result result =
        Jvm.withAgent().kafkaClassPath(version).run(RoundTrip.class, servers, topic);

    assertRoundTrip(result, ONE_OF_EACH);
    for (String client : List.of("Producer", "Consumer")) {
      assertEquals(
          1,
          result
              .output()
              .lines()
              .filter(
                  line ->
                      line.contains("INFO io.github.rdkafka.dropin")
                          && line.contains(
                              "Kafka%s of kafka-clients %s is replaced by io.github.rdkafka.RdKafka%s on librdkafka 2."
                                  .formatted(client, version, client)))
              .count(),
          result.output());
    }
  }

  @Test
  void withoutAgentProgramRunsOnKafkasClients() {
    Jvm.Result result =
        new Jvm().kafkaClassPath(Jvm.KAFKA_VERSION).run(RoundTrip.class, servers, topic);

    assertRoundTrip(result, "no agent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"allow", "warn", "deny"})
  void nativeAccessNeedsNoOption(String mode) {
    Jvm.Result result =
        Jvm.withAgent()
            .option("--illegal-native-access=" + mode)
            .kafkaClassPath(Jvm.KAFKA_VERSION)
            .run(RoundTrip.class, servers, topic);

    assertRoundTrip(result, ONE_OF_EACH);
  }

  @Test
  void logWithoutProviderIsEnough() {
    Jvm.Result result =
        Jvm.withAgent()
            .classPath(
                Jvm.programs(), Jvm.kafka(Jvm.KAFKA_VERSION), Jvm.jarOf(org.slf4j.Logger.class))
            .run(RoundTrip.class, servers, topic);

    assertRoundTrip(result, ONE_OF_EACH);
  }

  @Test
  void programInJarIsReplaced(@TempDir Path folder) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, RoundTrip.class.getName());
    attributes.put(
        Attributes.Name.CLASS_PATH,
        String.join(
            " ",
            List.of(
                Jvm.programs().toUri().toString(),
                Jvm.kafka(Jvm.KAFKA_VERSION).toUri().toString(),
                Jvm.jarOf(org.slf4j.Logger.class).toUri().toString(),
                Jvm.simpleLogger().toUri().toString())));
    Path jar = folder.resolve("program with a space.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();

    assertRoundTrip(Jvm.withAgent().runJar(jar, servers, topic), ONE_OF_EACH);
  }

  @Test
  void classLoadersOfTheirOwnGetOneClientEach() {
    String classPath = Jvm.join(Jvm.kafkaJars(Jvm.KAFKA_VERSION));

    Jvm.Result result =
        Jvm.withAgent()
            .classPath(Jvm.programs())
            .run(Launcher.class, classPath, RoundTrip.class.getName(), servers, topic);

    assertRoundTrip(result, "counted producers=2 consumers=2 originals=0");
  }

  @Test
  void kafkaOnTheModulePathIsReplaced() {
    Jvm.Result result =
        Jvm.withAgent()
            .option("-p")
            .option(
                Jvm.join(List.of(Jvm.kafka(Jvm.KAFKA_VERSION), Jvm.jarOf(org.slf4j.Logger.class))))
            .option("--add-modules=ALL-MODULE-PATH")
            .classPath(Jvm.programs())
            .run(RoundTrip.class, servers, topic);

    assertRoundTrip(result, ONE_OF_EACH);
  }

  @Test
  void subclassSeesTheCallsThatItOverrides() {
    Jvm.Result result =
        Jvm.withAgent().kafkaClassPath(Jvm.KAFKA_VERSION).run(Subclass.class, servers, topic);

    assertAll(
        () -> assertEquals(0, result.exitCode(), result.output()),
        () -> assertTrue(result.output().contains("overridden sends: 1")),
        () -> assertTrue(result.output().contains("constant: kafka-producer-network-thread")),
        () -> assertTrue(result.output().contains("counted producers=1")));
  }

  @Test
  void producerCanBeSwitchedOff() {
    Jvm.Result result =
        Jvm.withAgent("producer=false")
            .kafkaClassPath(Jvm.KAFKA_VERSION)
            .run(RoundTrip.class, servers, topic);

    assertRoundTrip(result, "counted producers=0 consumers=1 originals=0");
  }

  @Test
  void consumerCanBeSwitchedOff() {
    Jvm.Result result =
        Jvm.withAgent()
            .option("-Drdkafka.dropin.consumer=false")
            .kafkaClassPath(Jvm.KAFKA_VERSION)
            .run(RoundTrip.class, servers, topic);

    assertRoundTrip(result, "counted producers=1 consumers=0 originals=0");
  }

  @Test
  void assignorThatLibrdkafkaDoesNotHave() {
    Jvm.Result result =
        Jvm.withAgent()
            .kafkaClassPath(Jvm.KAFKA_VERSION)
            .run(
                RoundTrip.class,
                servers,
                topic,
                "partition.assignment.strategy=org.apache.kafka.clients.consumer.StickyAssignor");

    assertRoundTrip(result, ONE_OF_EACH);
  }

  @Test
  void configurationThatCannotBeHonouredIsRefused() {
    Jvm.Result result =
        Jvm.withAgent()
            .kafkaClassPath(Jvm.KAFKA_VERSION)
            .run(RoundTrip.class, servers, topic, REFUSED);

    assertAll(
        () -> assertEquals(1, result.exitCode(), result.output()),
        () -> assertTrue(result.output().contains("ConfigException"), result.output()),
        () -> assertTrue(result.output().contains("enable.auto.offset.store")));
  }

  @Test
  void configurationThatCannotBeHonouredGivesTheOriginal() {
    Jvm.Result result =
        Jvm.withAgent("config.fallback=true")
            .kafkaClassPath(Jvm.KAFKA_VERSION)
            .run(RoundTrip.class, servers, topic, REFUSED);

    assertRoundTrip(result, "counted producers=1 consumers=0 originals=1");
    assertTrue(result.output().contains("WARN io.github.rdkafka.dropin"), "a log line says so");
  }

  private static void assertRoundTrip(Jvm.Result result, String counts) {
    assertAll(
        () -> assertEquals(0, result.exitCode(), result.output()),
        () -> assertTrue(result.output().contains("received key value"), result.output()),
        () -> assertTrue(result.output().contains(counts), result.output()),
        // the JVM's own, about native access above all
        () -> assertFalse(result.output().contains("WARNING: "), result.output()));
  }
}
