package io.github.rdkafka.dropin.programs.streams;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link WordCount} in JVMs of its own that are killed, so that nothing is cleaned up. */
public final class WordCountProcess {
  private final Path folder;
  private final String classPath;
  private final List<String> jvmOptions;
  private final String bootstrapServers;
  private final String application;
  private final List<String> more;
  private int runs;

  /**
   * @param folder for the log and the state
   * @param more the last arguments of {@link WordCount#main}
   */
  public WordCountProcess(
      Path folder,
      String classPath,
      List<String> jvmOptions,
      String bootstrapServers,
      String application,
      List<String> more) {
    this.folder = folder;
    this.classPath = classPath;
    this.jvmOptions = jvmOptions;
    this.bootstrapServers = bootstrapServers;
    this.application = application;
    this.more = more;
  }

  /** Starts it and kills it as soon as it has written counts. */
  public void killOnceItCounts(WordCountTopics topics) throws Exception {
    Process process = start();
    try {
      long deadline = System.nanoTime() + WordCountTopics.PATIENCE.toNanos();
      while (topics.counts().isEmpty()) {
        assertTrue(process.isAlive(), this::log);
        assertTrue(System.nanoTime() < deadline, this::log);
      }
    } finally {
      kill(process);
    }
  }

  /** Starts it, waits for all counts and kills it. */
  public void finish(long lines, WordCountTopics topics) throws Exception {
    Process process = start();
    try {
      topics.awaitCounts(lines, this::log);
    } finally {
      kill(process);
    }
  }

  /** What all runs have printed. */
  public String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException none) {
      return none.toString();
    }
  }

  private Process start() throws IOException {
    Path state = folder.resolve("state" + ++runs);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-Xmx256m", "-cp", classPath, WordCount.class.getName()));
    command.addAll(List.of(bootstrapServers, application, state.toString()));
    command.addAll(more);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
  }
}
