package io.github.rdkafka.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@KafkaClusterTest
class RdKafkaPerfTest {
  private record Printed(int exitCode, String out, String err) {}

  @Test
  void producesAndConsumes(KafkaCluster kafka) {
    kafka.createTopic("perf", 3);
    String server = kafka.bootstrapServers();

    Printed produced =
        run(
            "producer --topic perf --num-records 5000 --record-size 100 --throughput -1"
                + " --warmup-records 1000 --print-metrics --command-property acks=all linger.ms=1"
                + " --bootstrap-server "
                + server);
    assertEquals(0, produced.exitCode, produced.err);
    assertPrinted(
        produced, "5000 records sent, [0-9.]+ records/sec \\([0-9.]+ MB/sec\\), .* ms 99.9th\\.");
    assertPrinted(produced, "4000 steady state records sent, .*");
    assertPrinted(produced, "Metric Name +Value");
    assertPrinted(produced, "producer-metrics:record-send-total:.* +: 5000.000");

    Printed consumed = run("consumer --topic perf --num-records 5000 --bootstrap-server " + server);
    assertEquals(0, consumed.exitCode, consumed.err);
    assertPrinted(consumed, "start.time, end.time, data.consumed.in.MB, .*");
    assertPrinted(consumed, "[^,]+, [^,]+, 0.4768, [0-9.]+, 5000, .*");
  }

  @Test
  void payloadsOfAFileInTransactions(KafkaCluster kafka, @TempDir Path folder) throws IOException {
    kafka.createTopic("perf-file", 1);
    Path payloads = Files.writeString(folder.resolve("payloads"), "four\nfive5\n");
    Path config =
        Files.writeString(
            folder.resolve("config"), "bootstrap.servers=" + kafka.bootstrapServers());
    Printed produced =
        run(
            "producer --topic perf-file --num-records 100 --throughput 1000"
                + " --transaction-duration-ms 20 --payload-file "
                + payloads
                + " --command-config "
                + config);
    assertEquals(0, produced.exitCode, produced.err);
    assertPrinted(produced, "Number of messages read: 2");
    assertPrinted(produced, "100 records sent, .*");

    Printed consumed =
        run(
            "consumer --topic perf-file --messages 100 --hide-header --consumer.config "
                + config
                + " --command-property isolation.level=read_committed");
    assertEquals(0, consumed.exitCode, consumed.err);
    assertPrinted(consumed, ".*, 100, .*");
  }

  @Test
  void saysWhenRecordsAreMissing(KafkaCluster kafka) {
    kafka.createTopic("perf-empty", 1);
    Printed consumed =
        run(
            "consumer --topic perf-empty --num-records 1 --timeout 500 --bootstrap-server "
                + kafka.bootstrapServers());
    assertEquals(0, consumed.exitCode, consumed.err);
    assertPrinted(consumed, "WARNING: Exiting before consuming the expected number of records.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "producer --topic t --num-records 5 --throughput -1 --bootstrap-server h:1 | --record-size",
        "producer --topic t --num-records 0 --throughput -1 --record-size 1 | --num-records",
        "producer --topic t --num-records 5 --throughput 0 --record-size 1 | --throughput",
        "producer --topic t --num-records 5 --throughput 1 --record-size 1 --warmup-records 5"
            + " | --warmup-records",
        "consumer --topic t --num-records 5 --reporting-interval 0 | Reporting interval",
        "consumer --num-records 5 --bootstrap-server h:1 | --topic",
      })
  void refusesWhatCannotBe(String arguments, String named) {
    Printed printed = run(arguments);
    assertEquals(CommandLine.ExitCode.USAGE, printed.exitCode, printed.err);
    assertTrue(printed.err.contains(named), printed.err);
  }

  @Test
  void failsWithoutAServer() {
    Printed printed = run("producer --topic t --num-records 5 --throughput -1 --record-size 1");
    assertEquals(CommandLine.ExitCode.SOFTWARE, printed.exitCode, printed.err);
    assertTrue(printed.err.contains("--bootstrap-server"), printed.err);
  }

  private static void assertPrinted(Printed printed, String pattern) {
    List<String> lines = printed.out.lines().toList();
    assertTrue(lines.stream().anyMatch(line -> line.matches(pattern)), printed.out);
  }

  private static Printed run(String arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      CommandLine commandLine = RdKafkaPerf.commandLine().setErr(new PrintWriter(err, true));
      int exitCode = commandLine.execute(arguments.strip().split(" +"));
      return new Printed(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
    } finally {
      System.setOut(before);
    }
  }
}
