package io.github.rdkafka.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the cells: round by round, in each cell one contender after the other. */
final class Comparison {
  private final Broker broker;
  private final Phases phases;
  private final CellRunner runner;
  private final Progress progress;
  private final Deadline deadline;
  private final Map<String, List<Run>> runs = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  Comparison(
      Broker broker, Phases phases, List<String> jvmFlags, Progress progress, Deadline deadline) {
    this.broker = broker;
    this.phases = phases;
    this.runner = new CellRunner(broker, phases, jvmFlags);
    this.progress = progress;
    this.deadline = deadline;
  }

  /** How long all of it takes, about. */
  static double expectedSeconds(List<Cell> cells, Phases phases, int rounds) {
    double seconds = 0;
    for (Cell cell : cells) {
      seconds += rounds * contenders(cell, 1).size() * phases.expectedSeconds(cell);
    }
    return seconds;
  }

  /**
   * Ends early, between two runs, when the deadline would pass. A run that fails is missing in the
   * results, and told by {@link #failures}.
   *
   * @param cellDone takes what there is so far after each cell, so that it is not lost when
   *     something ends this process later
   */
  List<CellResult> run(List<Cell> cells, int rounds, Consumer<List<CellResult>> cellDone) {
    progress.note("warming up the broker");
    runner.warmUpBroker();
    for (int round = 1; round <= rounds; round++) {
      for (int i = 0; i < cells.size(); i++) {
        Cell cell = cells.get(i);
        if (!run(cell, round, contenders(cell, round + i))) {
          return results(cells);
        }
        cellDone.accept(results(cells));
      }
    }
    return results(cells);
  }

  /** Whether there was time for all of them. */
  private boolean run(Cell cell, int round, List<Contender> contenders) {
    try (CellTopics topics = new CellTopics(cell, broker, runner, progress)) {
      for (Contender contender : contenders) {
        if (!deadline.allows(phases.expectedSeconds(cell))) {
          return false;
        }
        progress.begin(cell, contender, round);
        try {
          Run run = new Run(round, contender, runner.measure(cell, contender, topics.next()));
          runs.computeIfAbsent(cell.id(), id -> new ArrayList<>()).add(run);
        } catch (BenchmarkException e) {
          note(contender.title() + ", " + cell.id(), e);
        }
        progress.done(phases.expectedSeconds(cell));
      }
    } catch (BenchmarkException e) {
      note("after " + cell.id(), e);
    }
    return true;
  }

  private void note(String what, BenchmarkException failure) {
    if (Thread.currentThread().isInterrupted()) {
      throw failure;
    }
    failures.add(what + ": " + failure.getMessage());
  }

  /** What went wrong, one text for each run that failed. */
  List<String> failures() {
    return failures;
  }

  /** Each begins once in as many turns as there are contenders. */
  static List<Contender> contenders(Cell cell, int turn) {
    Set<Contender> all = EnumSet.allOf(Contender.class);
    all.removeIf(contender -> !cell.suits(contender));
    List<Contender> order = new ArrayList<>(all);
    Collections.rotate(order, 1 - turn);
    return order;
  }

  private List<CellResult> results(List<Cell> cells) {
    return cells.stream()
        .filter(cell -> runs.containsKey(cell.id()))
        .map(cell -> new CellResult(cell, List.copyOf(runs.get(cell.id()))))
        .toList();
  }
}
