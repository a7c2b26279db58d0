package io.github.rdkafka.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rdkafka.benchmarks.worker.CellMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;

/** Forks the process of one run and reads what it measured. */
final class CellProcess {
  static final String C_FOLDER_PROPERTY = "benchmarks.c.folder";

  /** The same for both Java clients. */
  static final List<String> JVM_FLAGS =
      List.of("-Xmx512m", "-XX:+UseG1GC", "--enable-native-access=ALL-UNNAMED");

  private static final String RESULT = "[result] ";

  private CellProcess() {}

  /**
   * @param jvmFlags beside {@link #JVM_FLAGS}, for a profiler
   * @param patience how long the process may take before it is ended
   * @throws BenchmarkException if it fails, with the end of what it printed
   */
  static Measurement run(
      Contender contender, Map<String, String> spec, List<String> jvmFlags, Duration patience) {
    List<String> command = new ArrayList<>();
    if (contender == Contender.C) {
      command.add(Path.of(System.getProperty(C_FOLDER_PROPERTY), "ceiling").toString());
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(JVM_FLAGS);
      command.addAll(jvmFlags);
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(CellMain.class.getName());
    }
    spec.forEach((key, value) -> command.add(key + "=" + value));
    command.add("contender=" + contender);
    command.add("forked.micros=" + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    try {
      return follow(new ProcessBuilder(command).redirectErrorStream(true).start(), patience);
    } catch (IOException e) {
      throw new BenchmarkException("cannot run " + command.getFirst(), e);
    }
  }

  private static Measurement follow(Process process, Duration patience) throws IOException {
    Thread killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    Timer deadline = destroyAfter(process, patience);
    List<String> printed = new ArrayList<>();
    String result = null;
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(RESULT)) {
          result = line.substring(RESULT.length());
        } else {
          printed.add(line);
        }
      }
      int exit = process.waitFor();
      if (exit != 0 || result == null) {
        throw new BenchmarkException(
            "the process failed (exit code " + exit + "):\n" + String.join("\n", printed));
      }
      return parse(result);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    } finally {
      deadline.cancel();
      process.destroyForcibly();
      Runtime.getRuntime().removeShutdownHook(killer);
    }
  }

  static Measurement parse(String json) throws JsonProcessingException {
    return new ObjectMapper().readValue(json, Measurement.class);
  }

  private static Timer destroyAfter(Process process, Duration patience) {
    Timer timer = new Timer("deadline", true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            process.destroyForcibly();
          }
        },
        patience.toMillis());
    return timer;
  }
}
