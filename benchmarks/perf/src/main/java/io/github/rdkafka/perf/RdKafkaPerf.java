package io.github.rdkafka.perf;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code rdkafka-perf producer …} and {@code rdkafka-perf consumer …}. */
@Command(
    name = "rdkafka-perf",
    mixinStandardHelpOptions = true,
    subcommands = {ProducerPerf.class, ConsumerPerf.class},
    synopsisSubcommandLabel = "(producer | consumer)",
    description = "Measures rdkafka-client with the options of Kafka's own perf tools.")
public final class RdKafkaPerf implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new RdKafkaPerf())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println(message(failure));
              return command.getCommandSpec().exitCodeOnExecutionException();
            });
  }

  /** All causes: the client's own exceptions hide the reason in theirs. */
  private static String message(Throwable failure) {
    StringBuilder message = new StringBuilder("rdkafka-perf failed: ").append(failure);
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      message.append("; caused by ").append(cause);
    }
    return message.toString();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which: producer or consumer");
  }
}
