package io.github.rdkafka.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs Kafka's own tests, one class after another, each in a JVM of its own with the agent. Usage:
 * Runner class-path-file agent output-folder classes-file impossible-file.
 *
 * <p>System properties: {@code conformance.tests} ({@code Class[#method],…} instead of the file's),
 * {@code conformance.client} ({@code rdkafka} or {@code kafka-clients}), {@code
 * conformance.limit.seconds} for each class.
 */
public final class Runner {

  private static final List<String> OPENED =
      List.of(
          "io",
          "lang",
          "nio",
          "nio.file",
          "util",
          "util.concurrent",
          "util.regex",
          "util.stream",
          "text",
          "time");
  private static final String ON_KAFKA = "kafka-clients";
  private static final String ON_LIBRDKAFKA = "rdkafka";
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final String classPath;
  private final Path agent;
  private final Path output;
  private final String client;
  private final long limitSeconds;

  private Runner(String classPath, Path agent, Path output, String client, long limitSeconds) {
    this.classPath = classPath;
    this.agent = agent;
    this.output = output;
    this.client = client;
    this.limitSeconds = limitSeconds;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    String classPath = Files.readString(Path.of(args[0])).strip();
    String client = property("conformance.client", ON_LIBRDKAFKA);
    if (!List.of(ON_KAFKA, ON_LIBRDKAFKA).contains(client)) {
      throw new IllegalArgumentException(
          "conformance.client must be " + ON_LIBRDKAFKA + " or " + ON_KAFKA + ", not " + client);
    }
    Path output = Path.of(args[2]).toAbsolutePath();
    Files.createDirectories(output);
    Runner runner =
        new Runner(
            classPath,
            Path.of(args[1]).toAbsolutePath(),
            output,
            client,
            Long.parseLong(property("conformance.limit.seconds", "900")));
    Impossible impossible =
        client.equals(ON_KAFKA) ? Impossible.none() : Impossible.read(Path.of(args[4]));
    String tests = property("conformance.tests", "");
    String wanted = tests.isEmpty() ? TestClass.read(Path.of(args[3])) : tests;

    List<ClassResult> results = new ArrayList<>();
    for (TestClass each : TestClass.parse(wanted, classPath)) {
      System.out.println("conformance: " + each.className());
      results.add(runner.run(each));
    }
    Report report = new Report("Kafka's own tests on " + client, impossible, results);
    report.write(output);
    System.out.println(report.text());
    System.out.println("Details: " + output);
    boolean good =
        !results.isEmpty()
            && results.stream()
                .allMatch(
                    each -> each.problem().isEmpty() && each.unexplained(impossible).isEmpty());
    System.exit(good ? 0 : 1);
  }

  private ClassResult run(TestClass tests) throws IOException, InterruptedException {
    Path folder = output.resolve(tests.className());
    Files.createDirectories(folder.resolve("tmp"));
    Path results = folder.resolve("results.tsv");
    Files.deleteIfExists(results);
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command(tests, folder, results))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    String problem = "";
    try {
      if (!process.waitFor(limitSeconds + GRACE.toSeconds(), TimeUnit.SECONDS)) {
        problem = "not finished after " + limitSeconds + " s, and could not end itself";
      } else if (process.exitValue() != 0) {
        problem = "its JVM ended with status " + process.exitValue() + ", see output.txt";
      }
    } finally {
      process.destroyForcibly();
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    ClassResult result = ClassResult.read(tests.className(), results, seconds, problem);
    boolean replaced = result.producers() + result.consumers() > 0;
    if (result.problem().isEmpty() && replaced != client.equals(ON_LIBRDKAFKA)) {
      return ClassResult.read(
          tests.className(),
          results,
          seconds,
          "no client ran on " + client + ": it proves nothing");
    }
    return result;
  }

  private List<String> command(TestClass tests, Path folder, Path results) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx3g", "-Xss4m", "-Djava.io.tmpdir=" + folder.resolve("tmp")));
    OPENED.forEach(each -> command.add("--add-opens=java.base/java." + each + "=ALL-UNNAMED"));
    if (client.equals(ON_LIBRDKAFKA)) {
      command.add("-javaagent:" + agent + "=required=true");
    }
    command.addAll(List.of("-cp", Jars.ownAnd(classPath), ClassRun.class.getName()));
    command.addAll(List.of(results.toString(), Long.toString(limitSeconds), tests.className()));
    command.addAll(tests.methods());
    return command;
  }

  private static String property(String key, String otherwise) {
    String value = System.getProperty(key, "");
    return value.isBlank() ? otherwise : value.strip();
  }
}
