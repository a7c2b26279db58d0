package io.github.rdkafka.examples.quickstart;

import io.github.rdkafka.examples.quickstart.Report.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;

/** Runs {@link ClientProcess} in a JVM of its own and shows its progress. */
final class ClientJvm {
  /** The same for every client. */
  static final List<String> FLAGS = List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED");

  private final Client client;
  private final Settings settings;

  ClientJvm(Client client, Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  /**
   * Waits for the process, at most a few minutes, and leaves none behind.
   *
   * @return what it measured, for {@link Step#PRODUCE} and {@link Step#CONSUME}
   * @throws QuickstartException if the process failed
   */
  Map<Step, Measurement> run(String bootstrapServers, String warmUpTopic, String topic) {
    Process process = start(List.of(client.name(), bootstrapServers, warmUpTopic, topic));
    Thread killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    Timer deadline = destroyAfter(process, patience());
    try {
      Map<Step, Measurement> measurements = follow(process);
      int exit = process.waitFor();
      if (exit != 0 || !measurements.keySet().containsAll(List.of(Step.PRODUCE, Step.CONSUME))) {
        throw new QuickstartException(
            client.title() + " failed, see above (exit code " + exit + ")");
      }
      return measurements;
    } catch (IOException e) {
      throw new QuickstartException("cannot read what " + client.title() + " reports", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QuickstartException("interrupted", e);
    } finally {
      deadline.cancel();
      process.destroyForcibly();
      Runtime.getRuntime().removeShutdownHook(killer);
    }
  }

  private Process start(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(settings.asJvmArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ClientProcess.class.getName());
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new QuickstartException("cannot start a JVM for " + client.title(), e);
    }
  }

  private Duration patience() {
    long records = 2L * settings.warmup() + 2L * settings.records();
    return Duration.ofMinutes(3).plusNanos(records * 50_000);
  }

  private static Timer destroyAfter(Process process, Duration patience) {
    Timer timer = new Timer("deadline", true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            System.err.println("ended after " + patience.toSeconds() + " s");
            process.destroyForcibly();
          }
        },
        patience.toMillis());
    return timer;
  }

  private Map<Step, Measurement> follow(Process process) throws IOException {
    Map<Step, Measurement> measurements = new EnumMap<>(Step.class);
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        Progress progress = new Progress(client.title(), settings)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String printed = line;
        Report.parse(line)
            .ifPresentOrElse(
                report -> {
                  progress.show(report);
                  if (report.measurement() != null) {
                    measurements.put(report.step(), report.measurement());
                  }
                },
                () -> System.out.println(printed));
      }
    }
    return measurements;
  }
}
