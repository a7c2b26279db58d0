package io.github.rdkafka.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the tests in processes of their own, which can be killed. */
public final class ForkedJvm {
  private ForkedJvm() {}

  /** What it prints, and its errors, are appended to {@code log}. */
  public static Process start(Class<?> program, Path log, String... arguments) throws IOException {
    return new ProcessBuilder(command(program, List.of(), arguments))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /**
   * What runs a program of the tests.
   *
   * @param options for the JVM
   */
  public static List<String> command(Class<?> program, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Xmx256m");
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(options);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** With SIGKILL: it cannot clean up. No effect on one that has ended. */
  public static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
  }

  public static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException none) {
      return none.toString();
    }
  }
}
