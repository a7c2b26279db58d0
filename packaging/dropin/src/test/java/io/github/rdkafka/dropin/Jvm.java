package io.github.rdkafka.dropin;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for a program, with the agent. */
final class Jvm {

  static final Path AGENT = Path.of(System.getProperty("rdkafka.test.agent"));
  static final Path KAFKA_CLIENTS = Path.of(System.getProperty("rdkafka.test.kafka-clients"));
  static final String KAFKA_VERSION = "4.3.1";

  private static final int LIMIT_SECONDS = 120;

  private final List<String> options = new ArrayList<>();
  private List<Path> classPath = List.of();

  /** What a JVM did. */
  record Result(int exitCode, String output) {}

  Jvm() {
    options.add("-Xmx256m");
    options.add("-XX:TieredStopAtLevel=1");
    options.add("-Dorg.slf4j.simpleLogger.log.org.apache.kafka=warn");
  }

  /** With the agent. */
  static Jvm withAgent(String... arguments) {
    return new Jvm().agent(arguments);
  }

  Jvm agent(String... arguments) {
    String suffix = arguments.length == 0 ? "" : "=" + String.join(",", arguments);
    return option("-javaagent:" + AGENT + suffix);
  }

  Jvm option(String option) {
    options.add(option);
    return this;
  }

  Jvm classPath(Path... entries) {
    classPath = List.of(entries);
    return this;
  }

  /** The programs, and what users of kafka-clients have: that, slf4j and a log. */
  Jvm kafkaClassPath(String version) {
    return classPath(kafkaJars(version).toArray(Path[]::new));
  }

  static List<Path> kafkaJars(String version) {
    return List.of(programs(), kafka(version), jarOf(org.slf4j.Logger.class), simpleLogger());
  }

  Result run(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    if (!classPath.isEmpty()) {
      command.add("-cp");
      command.add(join(classPath));
    }
    command.add(main.getName());
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  Result runJar(Path jar, String... arguments) {
    List<String> command = new ArrayList<>(List.of("-jar", jar.toString()));
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  private Result run(List<String> tail) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(tail);
    try {
      Path output = Files.createTempFile("dropin", ".log");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
          fail(
              "still running after %d s: %s%n%s"
                  .formatted(LIMIT_SECONDS, command, Files.readString(output)));
        }
        String text = Files.readString(output);
        System.out.println(command + "\n" + text);
        return new Result(process.exitValue(), text);
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String join(List<Path> entries) {
    return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
  }

  static Path programs() {
    return jarOf(io.github.rdkafka.dropin.app.RoundTrip.class);
  }

  static Path kafka(String version) {
    return KAFKA_CLIENTS.resolve("kafka-clients-" + version + ".jar");
  }

  /**
   * A copy of kafka-clients that lacks a class.
   *
   * @param internalName of the class
   */
  static Path kafkaWithout(String internalName, String version, Path folder) throws IOException {
    Path copy = Files.copy(kafka(version), folder.resolve("kafka-clients-" + version + ".jar"));
    try (FileSystem jar = FileSystems.newFileSystem(copy)) {
      Files.delete(jar.getPath(internalName + ".class"));
    }
    return copy;
  }

  static Path simpleLogger() {
    return jarOf(named("org.slf4j.impl.SimpleLogger"));
  }

  static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name, false, Jvm.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
