package io.github.rdkafka.examples.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;

/** Runs {@link ClientProcess} in a JVM of its own, until it is closed. */
final class ClientJvm implements AutoCloseable {
  /** The same for every client. */
  static final List<String> FLAGS = List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED");

  private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(30);

  private final Client client;
  private final Settings settings;
  private final Process process;
  private final BufferedReader output;

  private ClientJvm(Client client, Settings settings, Process process) {
    this.client = client;
    this.settings = settings;
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static ClientJvm start(Client client, Settings settings, String bootstrapServers) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(settings.asJvmArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ClientProcess.class.getName(), client.name(), bootstrapServers));
    ProcessBuilder builder = new ProcessBuilder(command);
    try {
      return new ClientJvm(
          client, settings, builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new QuickstartException("cannot start a JVM for " + client.title(), e);
    }
  }

  Client client() {
    return client;
  }

  /**
   * Lets the client do something and shows how far it is.
   *
   * @param round is shown beside it
   * @throws QuickstartException if it fails or has not ended in a few minutes
   */
  Measurement run(Command command, String round) {
    int records = command.step().records(settings);
    return run(command, round, Duration.ofMinutes(3).plusNanos(records * 100_000L));
  }

  Measurement run(Command command, String round, Duration patience) {
    String task = client.title() + ", " + command.step().title();
    Timer deadline = destroyAfter(patience, task);
    try (Progress progress = new Progress(client, command.step(), round, settings)) {
      send(command);
      return follow(progress).orElseThrow(() -> ended(task));
    } catch (IOException e) {
      throw new QuickstartException(task + ": its JVM cannot be reached, see above", e);
    } finally {
      deadline.cancel();
    }
  }

  private QuickstartException ended(String task) {
    int exitCode = process.onExit().join().exitValue();
    return new QuickstartException(
        task + ": its JVM ended, see above (exit code " + exitCode + ")");
  }

  private Timer destroyAfter(Duration patience, String task) {
    Timer timer = new Timer("deadline", true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            System.err.println(task + ": not done after " + patience.toSeconds() + " s");
            process.destroyForcibly();
          }
        },
        patience.toMillis());
    return timer;
  }

  void send(Command command) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(command.format()).append('\n').flush();
  }

  /** Empty if the process ended before it had a result. */
  private Optional<Measurement> follow(Progress progress) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Optional<Report> report = Report.parse(line);
      if (report.isEmpty()) {
        System.out.println(line);
        continue;
      }
      progress.show(report.get());
      if (report.get().measurement() != null) {
        return Optional.of(report.get().measurement());
      }
    }
    return Optional.empty();
  }

  /**
   * Ends the process.
   *
   * @throws QuickstartException if it did not end by itself and with exit code 0
   */
  @Override
  public void close() {
    try {
      process.outputWriter(StandardCharsets.UTF_8).close();
      if (!process.waitFor(PATIENCE_AT_THE_END.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new QuickstartException(client.title() + "'s JVM does not end");
      }
      if (process.exitValue() != 0) {
        throw new QuickstartException(
            client.title() + "'s JVM ended with exit code " + process.exitValue());
      }
    } catch (IOException e) {
      throw new QuickstartException(client.title() + "'s JVM cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QuickstartException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
