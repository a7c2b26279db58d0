package io.github.rdkafka.benchmarks;

import io.github.rdkafka.benchmarks.report.CellTable;
import io.github.rdkafka.benchmarks.report.GoalTable;
import io.github.rdkafka.benchmarks.report.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares kafka-clients, rdkafka-client and plain C; see {@code --help}. */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "The same work on kafka-clients, on rdkafka-client and on plain C.")
public final class Benchmarks implements Callable<Integer> {
  private static final int QUICK_ROUNDS = 2;
  private static final int FULL_ROUNDS = 5;
  private static final Duration QUICK_BUDGET = Duration.ofSeconds(270);
  private static final Duration FULL_BUDGET = Duration.ofHours(12);

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "The most important cells only, in five minutes.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Only cells whose id contains a match.")
  private Pattern only;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How many times everything runs; 2 in the quick form, else 5.")
  private Integer rounds;

  @Option(
      names = "--budget",
      paramLabel = "SECONDS",
      description = "Ends before that; 270 in the quick form.")
  private Long budget;

  @Option(
      names = "--jvm-args",
      split = " ",
      paramLabel = "FLAGS",
      description = "More flags for both Java clients' JVMs, for a profiler.")
  private List<String> jvmArgs = List.of();

  @Option(names = "--list", description = "Prints the ids of the cells and ends.")
  private boolean list;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "Where results.json and index.html go.")
  private Path output = Path.of(System.getProperty("benchmarks.output", "target/report"));

  public static void main(String[] args) {
    CommandLine commandLine =
        new CommandLine(new Benchmarks())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  if (failure instanceof BenchmarkException) {
                    command.getErr().println("benchmarks failed: " + failure.getMessage());
                  } else {
                    failure.printStackTrace(command.getErr());
                  }
                  return 1;
                });
    System.exit(commandLine.execute(args));
  }

  @Override
  public Integer call() throws IOException {
    List<Cell> cells =
        (quick ? Plan.quick() : Plan.full())
            .stream().filter(cell -> only == null || only.matcher(cell.id()).find()).toList();
    if (cells.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "no cell's id contains " + only);
    }
    if (list) {
      cells.forEach(cell -> System.out.println(cell.id()));
      return 0;
    }
    if (rounds != null && rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds is " + rounds + ", not 1 or more");
    }
    Files.createDirectories(output);
    Results results = measure(cells);
    publish(results, output);
    results.failures().forEach(text -> spec.commandLine().getErr().println("failed: " + text));
    return results.failures().isEmpty() ? 0 : 1;
  }

  private Results measure(List<Cell> cells) throws IOException {
    Instant started = Instant.now();
    Phases phases = quick ? Phases.QUICK : Phases.FULL;
    int times = rounds != null ? rounds : quick ? QUICK_ROUNDS : FULL_ROUNDS;
    Duration time =
        budget != null ? Duration.ofSeconds(budget) : quick ? QUICK_BUDGET : FULL_BUDGET;
    Deadline deadline = new Deadline(time);
    double expected = Comparison.expectedSeconds(cells, phases, times);
    Path folder = Files.createTempDirectory("rdkafka-benchmarks");
    try (Progress progress = new Progress(Math.min(expected, (double) time.toSeconds()));
        Broker broker = new Broker(folder)) {
      Comparison comparison = new Comparison(broker, phases, jvmArgs, progress, deadline);
      Function<List<CellResult>, Results> results =
          done -> results(started, phases, done, comparison.failures());
      return results.apply(comparison.run(cells, times, done -> keep(results.apply(done))));
    } finally {
      deleteFiles(folder);
    }
  }

  private Results results(
      Instant started, Phases phases, List<CellResult> cells, List<String> failures) {
    return new Results(
        quick ? "quick" : "full",
        started.truncatedTo(ChronoUnit.SECONDS).toString(),
        Duration.between(started, Instant.now()).toSeconds(),
        Surroundings.machine(),
        Surroundings.versions(),
        Surroundings.parameters(phases, jvmArgs),
        cells,
        failures);
  }

  private void keep(Results soFar) {
    try {
      soFar.write(output.resolve("results.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteFiles(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Command(
      name = "report",
      description = "Makes one report of the results of several runs on the same machine.")
  int report(
      @Parameters(paramLabel = "RESULTS", description = "results.json files", arity = "1..*")
          List<Path> files,
      @Option(names = "--output", paramLabel = "FOLDER", required = true) Path folder)
      throws IOException {
    List<Results> pieces = new ArrayList<>();
    for (Path file : files) {
      pieces.add(Results.read(file));
    }
    Files.createDirectories(folder);
    publish(Results.merge(pieces), folder);
    return 0;
  }

  private static void publish(Results results, Path folder) throws IOException {
    results.write(folder.resolve("results.json"));
    Page.write(results, folder.resolve("index.html"));
    String goals = GoalTable.of(results);
    Path tables = folder.resolve("tables.md");
    Files.writeString(tables, goals + System.lineSeparator() + CellTable.of(results));
    System.out.println();
    System.out.print(goals);
    System.out.println();
    System.out.println("The charts: " + folder.resolve("index.html").toAbsolutePath());
    System.out.println("The tables: " + tables.toAbsolutePath());
  }
}
