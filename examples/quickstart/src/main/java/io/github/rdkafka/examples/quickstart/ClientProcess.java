package io.github.rdkafka.examples.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The main class of the JVM that one client has to itself. Does what it is told on its standard
 * input, one {@link Command} after the other, and reports on its standard output; {@link ClientJvm}
 * is at the other end. Has no producer and no consumer while it waits for a command, and ends when
 * its standard input does, whatever it is at.
 */
final class ClientProcess {
  private final Client client;
  private final Settings settings;
  private final String bootstrapServers;

  private ClientProcess(Client client, Settings settings, String bootstrapServers) {
    this.client = client;
    this.settings = settings;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Exits with 1 if anything is missing or wrong.
   *
   * @param args the client's name in {@link Client}, the bootstrap servers
   */
  public static void main(String[] args) {
    try {
      Settings settings = Settings.from(System::getProperty);
      ClientProcess process = new ClientProcess(Client.valueOf(args[0]), settings, args[1]);
      BlockingQueue<String> commands = readCommands();
      while (true) {
        process.execute(Command.parse(commands.take()));
      }
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static BlockingQueue<String> readCommands() {
    BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> readUntilTheEnd(commands), "commands");
    reader.setDaemon(true);
    reader.start();
    return commands;
  }

  private static void readUntilTheEnd(BlockingQueue<String> commands) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        commands.add(line);
      }
    } catch (IOException e) {
      System.err.println("no more commands: " + e);
    } finally {
      // the quickstart has all it wants, or was killed: nothing may wait for work that is under way
      Runtime.getRuntime().halt(0);
    }
  }

  private void execute(Command command) {
    Step step = command.step();
    int records = step.records(settings);
    RoundTrip roundTrip =
        new RoundTrip(client, settings, bootstrapServers, command.topic(), records);
    Measurement measurement;
    try (Reporter reporter = new Reporter(step)) {
      measurement =
          switch (step) {
            case WARM_UP -> warmUp(roundTrip, records, reporter.done());
            case PRODUCE -> roundTrip.produce(reporter.done());
            case CONSUME -> roundTrip.consume(reporter.done());
          };
    }
    Reporter.print(new Report(step, records, measurement));
  }

  private static Measurement warmUp(RoundTrip roundTrip, int records, AtomicLong consumed) {
    if (records == 0) {
      return new Measurement(0, 0, 0);
    }
    roundTrip.produce(new AtomicLong());
    return roundTrip.consume(consumed);
  }
}
