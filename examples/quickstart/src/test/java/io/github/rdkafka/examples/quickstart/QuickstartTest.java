package io.github.rdkafka.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program as its users do, in a JVM of its own. */
class QuickstartTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private Process process;

  @AfterEach
  void endTheProgram() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Test
  void measuresBothClientsInTurn() throws Exception {
    start("rounds=2", "records=3000", "warmup=1000");
    assertEquals(0, exitCode(), this::output);

    List<String> steps =
        output().lines().filter(line -> line.contains("100%")).map(QuickstartTest::step).toList();
    assertEquals(
        List.of(
            "rdkafka-client warm up",
            "kafka-clients warm up",
            "rdkafka-client produce 1/2",
            "rdkafka-client consume 1/2",
            "kafka-clients produce 1/2",
            "kafka-clients consume 1/2",
            "kafka-clients produce 2/2",
            "kafka-clients consume 2/2",
            "rdkafka-client produce 2/2",
            "rdkafka-client consume 2/2"),
        steps);
    assertTrue(output().contains("\nratio          |"), this::output);
    assertTrue(output().contains("\nRounds: 2; "), this::output);
  }

  @Test
  void failsWithAClient() throws Exception {
    start("records=1000", "warmup=0", "consumer.config=fetch.min.bytes=few");
    assertEquals(1, exitCode(), this::output);
    assertTrue(
        output().contains("Quickstart failed: rdkafka-client, consume: its JVM ended"),
        this::output);
  }

  @Test
  void leavesNothingBehindWhenItIsKilled() throws Exception {
    start("records=1000000000", "warmup=1000");
    await(() -> output().contains("rdkafka-client produce 1/3"));
    List<ProcessHandle> brokerAndClients = process.descendants().toList();
    assertTrue(brokerAndClients.size() >= 3, brokerAndClients::toString);

    process.destroyForcibly();
    await(() -> brokerAndClients.stream().noneMatch(ProcessHandle::isAlive));
  }

  private void start(String... settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String setting : settings) {
      command.add("-Dquickstart." + setting);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Quickstart.class.getName());
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(outputFile().toFile())
            .start();
  }

  private int exitCode() throws InterruptedException {
    assertTrue(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), this::output);
    return process.exitValue();
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - begin < PATIENCE.toNanos(), this::output);
      Thread.sleep(50);
    }
  }

  private Path outputFile() {
    return folder.resolve("output");
  }

  private String output() {
    try {
      return Files.readString(outputFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is left of the percentage, with single blanks. */
  private static String step(String progressLine) {
    return progressLine.substring(0, progressLine.indexOf("100%")).strip().replaceAll(" +", " ");
  }
}
