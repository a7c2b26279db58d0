package io.github.rdkafka.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the cells: round by round, in each cell one contender after the other. */
final class Comparison {
  private static final Cell PRELOAD_BASE =
      Cell.of(Work.PRODUCE, "preload", "preload", "preload").build();

  private final Broker broker;
  private final Phases phases;
  private final List<String> jvmFlags;
  private final Progress progress;
  private final Deadline deadline;
  private final Map<String, List<Run>> runs = new LinkedHashMap<>();
  private final Map<String, String> fullTopics = new HashMap<>();
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
   * @param roundDone takes what there is so far after each round, so that it is not lost when
   *     something ends this process in a later one
   */
  List<CellResult> run(List<Cell> cells, int rounds, Consumer<List<CellResult>> roundDone) {
    warmUpBroker();
    for (int round = 1; round <= rounds; round++) {
      for (Cell cell : cells) {
        for (Contender contender : contenders(cell, round)) {
          if (!deadline.allows(phases.expectedSeconds(cell))) {
            return results(cells);
          }
          progress.begin(cell, contender, round, rounds);
          try {
            Measurement measurement = measure(cell, contender);
            runs.computeIfAbsent(cell.id(), id -> new ArrayList<>())
                .add(new Run(round, contender, measurement));
          } catch (BenchmarkException e) {
            if (Thread.currentThread().isInterrupted()) {
              throw e;
            }
            failures.add(e.getMessage());
          }
          progress.done(phases.expectedSeconds(cell));
        }
      }
      roundDone.accept(results(cells));
    }
    return results(cells);
  }

  /** What went wrong, one text for each run that failed. */
  List<String> failures() {
    return failures;
  }

  /** Each begins once in as many rounds as there are contenders. */
  static List<Contender> contenders(Cell cell, int round) {
    Set<Contender> all = EnumSet.allOf(Contender.class);
    all.removeIf(contender -> !cell.suits(contender));
    List<Contender> order = new ArrayList<>(all);
    Collections.rotate(order, 1 - round);
    return order;
  }

  private List<CellResult> results(List<Cell> cells) {
    return cells.stream()
        .filter(cell -> runs.containsKey(cell.id()))
        .map(cell -> new CellResult(cell, List.copyOf(runs.get(cell.id()))))
        .toList();
  }

  private Measurement measure(Cell cell, Contender contender) {
    boolean consume = cell.work() == Work.CONSUME;
    String topic =
        consume ? fullTopics.computeIfAbsent(cell.id(), id -> preload(cell)) : openTopic(cell);
    Map<String, String> spec = spec(cell, topic);
    addConfig(spec, cell, contender);
    try {
      return CellProcess.run(contender, spec, jvmFlags, patience(cell));
    } catch (BenchmarkException e) {
      throw new BenchmarkException(contender.title() + ", " + cell.id() + ": " + e.getMessage(), e);
    } finally {
      if (!consume) {
        broker.deleteTopic(topic);
      }
    }
  }

  private String openTopic(Cell cell) {
    String topic = broker.createTopic(cell);
    broker.openPartitions(topic, cell.partitions());
    return topic;
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
    spec.put("threads", String.valueOf(cell.threads()));
    spec.put("virtual", String.valueOf(cell.virtual()));
    spec.put("rate", String.valueOf(cell.rate()));
    spec.put("warmup.millis", String.valueOf(phases.warmUpMillis()));
    spec.put("measured.millis", String.valueOf(phases.measuredMillis()));
    boolean consume = cell.work() == Work.CONSUME;
    spec.put("records", String.valueOf(consume ? phases.records(cell) : 0));
    spec.put("warmup.passes", String.valueOf(phases.warmUpPasses()));
    return spec;
  }

  private void addConfig(Map<String, String> spec, Cell cell, Contender contender) {
    ClientConfig.of(cell, contender, broker.bootstrapServers(cell.tls()), broker.certificate())
        .forEach((key, value) -> spec.put("conf." + key, value));
  }

  /** Fills the topic that all contenders are going to read. */
  private String preload(Cell cell) {
    progress.note("filling the topic of " + cell.id());
    String topic = broker.createTopic(cell);
    Map<String, String> spec = spec(cell, topic);
    spec.put("work", Work.PRODUCE.name());
    spec.put("warmup.millis", "0");
    // the program's first record comes before these
    spec.put("records", String.valueOf(phases.records(cell) - 1));
    addConfig(spec, preloading(cell), Contender.C);
    CellProcess.run(Contender.C, spec, List.of(), patience(cell));
    return topic;
  }

  private static Cell preloading(Cell cell) {
    return Cell.of(Work.PRODUCE, PRELOAD_BASE.id(), PRELOAD_BASE.group(), PRELOAD_BASE.label())
        .size(cell.size())
        .compression(cell.compression())
        .partitions(cell.partitions())
        .build();
  }

  /** Without it whoever comes first would meet a broker whose code is not compiled yet. */
  private void warmUpBroker() {
    progress.note("warming up the broker");
    String topic = broker.createTopic(PRELOAD_BASE);
    Map<String, String> spec = spec(PRELOAD_BASE, topic);
    spec.put("warmup.millis", "0");
    spec.put("measured.millis", String.valueOf(Math.min(5000, 2 * phases.measuredMillis())));
    addConfig(spec, PRELOAD_BASE, Contender.C);
    CellProcess.run(Contender.C, spec, List.of(), patience(PRELOAD_BASE));
    broker.deleteTopic(topic);
  }

  private Duration patience(Cell cell) {
    return Duration.ofSeconds(60 + (long) (10 * phases.expectedSeconds(cell)));
  }
}
