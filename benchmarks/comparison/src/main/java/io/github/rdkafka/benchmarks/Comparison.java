package io.github.rdkafka.benchmarks;

import java.time.Duration;
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
  private static final Cell PRELOAD = preload().build();

  private final Broker broker;
  private final Phases phases;
  private final List<String> jvmFlags;
  private final Progress progress;
  private final Deadline deadline;
  private final Map<String, List<Run>> runs = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  Comparison(
      Broker broker, Phases phases, List<String> jvmFlags, Progress progress, Deadline deadline) {
    this.broker = broker;
    this.phases = phases;
    this.jvmFlags = jvmFlags;
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
    warmUpBroker();
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
    try (Topics topics = new Topics(cell)) {
      for (Contender contender : contenders) {
        if (!deadline.allows(phases.expectedSeconds(cell))) {
          return false;
        }
        progress.begin(cell, contender, round);
        attempt(
            contender.title() + ", " + cell.id(),
            () ->
                runs.computeIfAbsent(cell.id(), id -> new ArrayList<>())
                    .add(new Run(round, contender, measure(cell, contender, topics.next()))));
        progress.done(phases.expectedSeconds(cell));
      }
    }
    return true;
  }

  private void attempt(String what, Runnable action) {
    try {
      action.run();
    } catch (BenchmarkException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      failures.add(what + ": " + e.getMessage());
    }
  }

  /**
   * Those of one cell and round: one for each run that produces, one for all that consume, filled
   * before the first of them.
   */
  private final class Topics implements AutoCloseable {
    private final Cell cell;
    private String topic;

    Topics(Cell cell) {
      this.cell = cell;
    }

    String next() {
      if (cell.work() != Work.CONSUME) {
        close();
        topic = broker.createTopic(cell);
        broker.openPartitions(topic, cell.partitions());
      } else if (topic == null) {
        progress.note("filling the topic of " + cell.id());
        topic = broker.createTopic(cell);
        fillOrDelete();
      }
      return topic;
    }

    private void fillOrDelete() {
      try {
        fill(topic, cell);
      } catch (BenchmarkException e) {
        close();
        throw e;
      }
    }

    @Override
    public void close() {
      String last = topic;
      topic = null;
      if (last != null) {
        attempt("deleting " + last, () -> broker.deleteTopic(last));
      }
    }
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

  private Measurement measure(Cell cell, Contender contender, String topic) {
    Map<String, String> spec = spec(cell, topic);
    addConfig(spec, cell, contender);
    return CellProcess.run(contender, spec, jvmFlags, patience(cell));
  }

  private Map<String, String> spec(Cell cell, String topic) {
    Map<String, String> spec = new LinkedHashMap<>();
    spec.put("work", cell.work().name());
    spec.put("topic", topic);
    spec.put("size", String.valueOf(cell.size()));
    spec.put("partitions", String.valueOf(cell.partitions()));
    spec.put("keys", String.valueOf(cell.keys()));
    spec.put("headers", String.valueOf(cell.headers()));
    spec.put("futures", String.valueOf(cell.futures()));
    spec.put("window", String.valueOf(cell.window()));
    spec.put("threads", String.valueOf(cell.threads()));
    spec.put("virtual", String.valueOf(cell.virtual()));
    spec.put("rate", String.valueOf(cell.rate()));
    spec.put("warmup.millis", String.valueOf(phases.warmUpMillis()));
    spec.put("measured.millis", String.valueOf(phases.measuredMillis()));
    boolean consume = cell.work() == Work.CONSUME;
    spec.put("records", String.valueOf(consume ? phases.records(cell) : 0));
    spec.put("warmup.passes", String.valueOf(phases.warmUpPasses()));
    spec.put("measured.passes", String.valueOf(phases.measuredPasses()));
    return spec;
  }

  private void addConfig(Map<String, String> spec, Cell cell, Contender contender) {
    ClientConfig.of(cell, contender, broker.bootstrapServers(cell.tls()), broker.certificate())
        .forEach((key, value) -> spec.put("conf." + key, value));
  }

  /** With librdkafka's large batches; as shipped, with those of kafka-clients. */
  private void fill(String topic, Cell cell) {
    Contender filler = cell.asShipped() ? Contender.KAFKA_CLIENTS : Contender.C;
    Map<String, String> spec = spec(cell, topic);
    spec.put("work", Work.PRODUCE.name());
    spec.put("warmup.millis", "0");
    // the first record comes before these
    spec.put("records", String.valueOf(phases.records(cell) - 1));
    addConfig(spec, filling(cell), filler);
    CellProcess.run(filler, spec, List.of(), patience(cell));
  }

  private static Cell filling(Cell cell) {
    Cell.Builder filling =
        preload().size(cell.size()).compression(cell.compression()).partitions(cell.partitions());
    return cell.asShipped() ? filling.asShipped().build() : filling.build();
  }

  private static Cell.Builder preload() {
    return Cell.of(Work.PRODUCE, "preload", "preload", "preload");
  }

  /** Without it whoever comes first would meet a broker whose code is not compiled yet. */
  private void warmUpBroker() {
    progress.note("warming up the broker");
    for (Cell cell : List.of(PRELOAD, preload().tls().acksAll(true).build())) {
      String topic = broker.createTopic(cell);
      Map<String, String> spec = spec(cell, topic);
      spec.put("warmup.millis", "0");
      spec.put("measured.millis", String.valueOf(Math.min(3000, 2 * phases.measuredMillis())));
      addConfig(spec, cell, Contender.C);
      CellProcess.run(Contender.C, spec, List.of(), patience(cell));
      broker.deleteTopic(topic);
    }
  }

  private Duration patience(Cell cell) {
    return Duration.ofSeconds(60 + (long) (10 * phases.expectedSeconds(cell)));
  }
}
