package io.github.rdkafka.dropin.programs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's own command-line programs on librdkafka. */
@KafkaClusterTest
@Timeout(300)
class KafkaToolsIT {
  private static final String PRODUCER = "KafkaProducer";
  private static final String CONSUMER = "KafkaConsumer";

  private final String topic = "tools-" + UUID.randomUUID();
  @TempDir private Path scratch;
  private String bootstrap;

  @BeforeEach
  void makeTopic(KafkaCluster kafka) {
    bootstrap = kafka.bootstrapServers();
    kafka.createTopic(topic, 1);
  }

  @Test
  void console() throws Exception {
    String lines = numbers(500).collect(Collectors.joining("\n", "", "\n"));
    Program.Result produced =
        succeeds(
            PRODUCER, lines, "ConsoleProducer", "--bootstrap-server", bootstrap, "--topic", topic);
    assertEquals(0, produced.exitCode());

    Program.Result consumed = consoleConsumer(topic, 500);
    assertEquals(lines, consumed.output());
  }

  @Test
  void perf() throws Exception {
    Program.Result produced =
        succeeds(
            PRODUCER,
            "",
            "ProducerPerformance",
            "--bootstrap-server",
            bootstrap,
            "--topic",
            topic,
            "--num-records",
            "20000",
            "--record-size",
            "100",
            "--throughput",
            "-1");
    assertTrue(produced.output().contains("20000 records sent"), produced.output());

    Program.Result consumed =
        succeeds(
            CONSUMER,
            "",
            "ConsumerPerformance",
            "--bootstrap-server",
            bootstrap,
            "--topic",
            topic,
            "--num-records",
            "20000",
            "--timeout",
            "60000");
    assertTrue(consumed.output().contains(", 20000, "), consumed.output());
  }

  @Test
  void verifiable() throws Exception {
    Program.Result produced = verifiableProducer(1000);
    assertTrue(produced.output().contains("\"acked\":1000"), produced.output());

    Program.Result consumed =
        succeeds(
            CONSUMER,
            "",
            "VerifiableConsumer",
            "--bootstrap-server",
            bootstrap,
            "--topic",
            topic,
            "--group-id",
            topic,
            "--reset-policy",
            "earliest",
            "--max-messages",
            "1000");
    assertAll(
        () -> assertTrue(consumed.output().contains("partitions_assigned"), consumed.output()),
        () -> assertTrue(consumed.output().contains("offsets_committed"), consumed.output()),
        () -> assertTrue(consumed.output().contains("shutdown_complete"), consumed.output()));
  }

  @Test
  void transactionalCopier(KafkaCluster kafka) throws Exception {
    verifiableProducer(1000);
    String copy = topic + "-copy";
    kafka.createTopic(copy, 1);
    Program.Result copied =
        succeeds(
            PRODUCER,
            "",
            "TransactionalMessageCopier",
            "--broker-list",
            bootstrap,
            "--input-topic",
            topic,
            "--input-partition",
            "0",
            "--output-topic",
            copy,
            "--consumer-group",
            topic,
            "--transactional-id",
            topic,
            "--transaction-size",
            "100",
            "--max-messages",
            "1000",
            "--enable-random-aborts",
            "--group-mode",
            "--use-group-metadata");
    assertTrue(copied.ranOn(CONSUMER), copied.log());

    Program.Result read = consoleConsumer(copy, 1000);
    assertEquals(numbers(1000).toList(), read.output().lines().toList());
  }

  private Program.Result verifiableProducer(int records) throws Exception {
    return succeeds(
        PRODUCER,
        "",
        "VerifiableProducer",
        "--bootstrap-server",
        bootstrap,
        "--topic",
        topic,
        "--max-messages",
        Integer.toString(records));
  }

  private Program.Result consoleConsumer(String from, int records) throws Exception {
    return succeeds(
        CONSUMER,
        "",
        "consumer.ConsoleConsumer",
        "--bootstrap-server",
        bootstrap,
        "--topic",
        from,
        "--from-beginning",
        "--isolation-level",
        "read_committed",
        "--max-messages",
        Integer.toString(records),
        "--timeout-ms",
        "60000");
  }

  private Program.Result succeeds(String client, String input, String program, String... arguments)
      throws Exception {
    Program.Result result =
        Program.run(scratch, input, "org.apache.kafka.tools." + program, List.of(arguments));
    assertAll(
        () -> assertEquals(0, result.exitCode(), () -> result.output() + result.log()),
        () -> assertTrue(result.ranOn(client), result::log));
    return result;
  }

  private static java.util.stream.Stream<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString);
  }
}
