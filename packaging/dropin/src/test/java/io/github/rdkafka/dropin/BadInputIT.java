package io.github.rdkafka.dropin;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.dropin.app.Construct;
import io.github.rdkafka.dropin.app.Hello;
import io.github.rdkafka.dropin.app.Launcher;
import io.github.rdkafka.dropin.app.RoundTrip;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent says where it cannot work, and on which clients the application then runs. */
@KafkaClusterTest
class BadInputIT {

  private static final String REQUIRED = "required=true";

  @Test
  void noLibraryForThePlatform(KafkaCluster kafka) {
    Jvm.Result result = roundTrip(kafka, onUnknownPlatform(Jvm.withAgent()));

    assertRunsOnOriginals(
        result, "This JVM cannot call native code: os.name=Linux, os.arch=sparc.");
  }

  @Test
  void noLibraryForThePlatformButRequired(KafkaCluster kafka) {
    Jvm.Result result = roundTrip(kafka, onUnknownPlatform(Jvm.withAgent(REQUIRED)));

    assertDoesNotStart(result, "This JVM cannot call native code: os.name=Linux, os.arch=sparc.");
  }

  @Test
  void libraryThatCannotBeLoaded(KafkaCluster kafka) {
    Jvm.Result result =
        roundTrip(kafka, Jvm.withAgent().option("-Drdkafka.library.path=/nowhere/librdkafka.so"));

    assertRunsOnOriginals(result, "/nowhere/librdkafka.so does not exist");
  }

  @Test
  void unknownOption(KafkaCluster kafka) {
    Jvm.Result result = roundTrip(kafka, Jvm.withAgent("producr=false"));

    assertRunsOnOriginals(result, "producr=false is not known; there are producer, consumer");
  }

  @Test
  void unknownPropertyButRequired(KafkaCluster kafka) {
    Jvm.Result result =
        roundTrip(kafka, Jvm.withAgent(REQUIRED).option("-Drdkafka.dropin.fallback=yes"));

    assertDoesNotStart(result, "-Drdkafka.dropin.fallback: the value must be true or false");
  }

  @Test
  void givenTwice(KafkaCluster kafka) {
    Jvm.Result result = roundTrip(kafka, Jvm.withAgent().agent("producer=false"));

    assertAll(
        () -> assertEquals(0, result.exitCode(), result.output()),
        () -> assertTrue(result.output().contains("given more than once"), result.output()),
        () -> assertTrue(result.output().contains("producers=1 consumers=1"), result.output()));
  }

  @Test
  void givenTwiceButRequired(KafkaCluster kafka) {
    Jvm.Result result = roundTrip(kafka, Jvm.withAgent().agent(REQUIRED));

    assertDoesNotStart(result, "given more than once");
  }

  @Test
  void noKafka() {
    Jvm.Result result = Jvm.withAgent().classPath(Jvm.programs()).run(Hello.class);

    assertAll(
        () -> assertEquals(0, result.exitCode(), result.output()),
        () -> assertTrue(result.output().contains("no kafka-clients on the class path")),
        () -> assertTrue(result.output().contains("hello")));
  }

  @Test
  void noKafkaButRequired() {
    Jvm.Result result = Jvm.withAgent(REQUIRED).classPath(Jvm.programs()).run(Hello.class);

    assertDoesNotStart(result, "no kafka-clients on the class path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"producer=false", "producer=false,required=true,fallback=true"})
  void unknownMembers(String arguments) {
    Jvm.Result result =
        Jvm.withAgent(arguments).kafkaClassPath("3.9.1").run(RoundTrip.class, "localhost:1", "t");

    assertDoesNotStart(
        result,
        "KafkaConsumer of kafka-clients 3.9.1 has members that this version of rdkafka-dropin does not know: poll(J)");
  }

  @Test
  void versionThatLacksWhatTheClientNeeds(@TempDir Path folder) throws IOException {
    String needed = "org/apache/kafka/common/header/internals/RecordHeaders";
    List<Path> classPath = new ArrayList<>(Jvm.kafkaJars("4.0.2"));
    classPath.set(1, Jvm.kafkaWithout(needed, "4.0.2", folder));
    Jvm.Result result =
        Jvm.withAgent()
            .classPath(classPath.toArray(Path[]::new))
            .run(RoundTrip.class, "localhost:1", "t");

    assertDoesNotStart(
        result,
        "kafka-clients 4.0.2 lacks what io.github.rdkafka.RdKafkaProducer needs: "
            + needed.replace('/', '.'));
  }

  @Test
  void unknownMembersInAnotherClassLoader() {
    String classPath = Jvm.join(Jvm.kafkaJars("3.9.1"));

    Jvm.Result result =
        Jvm.withAgent("producer=false")
            .classPath(Jvm.programs())
            .run(Launcher.class, classPath, Construct.class.getName());

    assertAll(
        () -> assertEquals(1, result.exitCode(), result.output()),
        () -> assertTrue(result.output().contains("ExceptionInInitializerError")),
        () -> assertTrue(result.output().contains("rdkafka-dropin: KafkaConsumer of")));
  }

  @Test
  void membersThatAreInternalToKafkaSaySo() {
    Jvm.Result result =
        Jvm.withAgent().kafkaClassPath(Jvm.KAFKA_VERSION).run(Construct.class, "internal");

    assertAll(
        () -> assertEquals(1, result.exitCode(), result.output()),
        () ->
            assertTrue(
                result
                    .output()
                    .contains(
                        "UnsupportedOperationException: This constructor of KafkaConsumer is internal to Kafka"),
                result.output()));
  }

  @Test
  void unknownVersionOfKafkaMayStay(KafkaCluster kafka) {
    String topic = "old-" + UUID.randomUUID();
    kafka.createTopic(topic, 1);

    Jvm.Result result =
        Jvm.withAgent("fallback=true")
            .kafkaClassPath("3.9.1")
            .run(RoundTrip.class, kafka.bootstrapServers(), topic);

    assertRunsOnOriginals(result, "KafkaConsumer stays Kafka's own.");
  }

  private static Jvm onUnknownPlatform(Jvm jvm) {
    return jvm.option("-Dos.arch=sparc");
  }

  private static Jvm.Result roundTrip(KafkaCluster kafka, Jvm jvm) {
    String topic = "bad-input-" + UUID.randomUUID();
    kafka.createTopic(topic, 1);
    return jvm.kafkaClassPath(Jvm.KAFKA_VERSION)
        .run(RoundTrip.class, kafka.bootstrapServers(), topic);
  }

  private static void assertRunsOnOriginals(Jvm.Result result, String message) {
    assertAll(
        () -> assertEquals(0, result.exitCode(), result.output()),
        () -> assertTrue(result.output().contains("rdkafka-dropin: "), result.output()),
        () -> assertTrue(result.output().contains(message), result.output()),
        () -> assertTrue(result.output().contains("received key value"), result.output()),
        () ->
            assertTrue(
                result.output().contains("counted producers=0 consumers=0 originals=0"),
                result.output()));
  }

  private static void assertDoesNotStart(Jvm.Result result, String message) {
    assertAll(
        () -> assertEquals(1, result.exitCode(), result.output()),
        () -> assertTrue(result.output().contains("rdkafka-dropin: "), result.output()),
        () -> assertTrue(result.output().contains(message), result.output()),
        () -> assertTrue(!result.output().contains("sent "), result.output()),
        () -> assertTrue(!result.output().contains("hello"), result.output()));
  }
}
