package io.github.rdkafka.dropin.programs;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program on the class path of Kafka's tools and Spring, in a JVM with the agent. */
final class Program {
  static final Path AGENT = Path.of(System.getProperty("rdkafka.test.agent"));
  static final String CLASS_PATH =
      Path.of(System.getProperty("rdkafka.test.programs")) + File.separator + "*";
  static final String APPLICATIONS = Path.of("target", "test-classes").toAbsolutePath().toString();
  private static final int LIMIT_SECONDS = 120;

  /** What a program left behind. */
  record Result(int exitCode, String output, String log) {
    boolean ranOn(String client) {
      return log.lines()
          .anyMatch(
              line -> line.contains("INFO io.github.rdkafka.dropin") && line.contains(client));
    }
  }

  private Program() {}

  /**
   * @param input what the program reads from its standard input
   */
  static Result run(Path scratch, String input, String main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-javaagent:" + AGENT + "=required=true",
                "-cp",
                CLASS_PATH + File.pathSeparator + APPLICATIONS,
                main));
    command.addAll(arguments);
    Path in = Files.writeString(Files.createTempFile(scratch, "in", ".txt"), input);
    Path out = Files.createTempFile(scratch, "out", ".txt");
    Path log = Files.createTempFile(scratch, "log", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(log));
    System.out.println(command + "\n" + result);
    return ended
        ? result
        : fail("still running after " + LIMIT_SECONDS + " s: " + command + "\n" + result);
  }
}
