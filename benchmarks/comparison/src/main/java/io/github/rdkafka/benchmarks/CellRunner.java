package io.github.rdkafka.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Forks contenders: for what is measured, and for what has to be there before. */
final class CellRunner {
  private static final Cell PRELOAD = preload().build();
  private static final long WRITE_BACK_SECONDS = 120;

  private final Broker broker;
  private final Phases phases;
  private final List<String> jvmFlags;

  /**
   * @param jvmFlags more of them, for Java clients that are measured
   */
  CellRunner(Broker broker, Phases phases, List<String> jvmFlags) {
    this.broker = broker;
    this.phases = phases;
    this.jvmFlags = jvmFlags;
  }

  Measurement measure(Cell cell, Contender contender, String topic) {
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
  void fill(String topic, Cell cell) {
    Contender filler = cell.asShipped() ? Contender.KAFKA_CLIENTS : Contender.C;
    Map<String, String> spec = spec(cell, topic);
    spec.put("work", Work.PRODUCE.name());
    spec.put("warmup.millis", "0");
    // the first record comes before these
    spec.put("records", String.valueOf(phases.records(cell) - 1));
    addConfig(spec, filling(cell), filler);
    CellProcess.run(filler, spec, List.of(), patience(cell));
    writeBack();
  }

  /** Else the system writes a gigabyte to the disk beside the first that consumes. */
  private static void writeBack() {
    try {
      Process sync = new ProcessBuilder("sync").inheritIO().start();
      if (!sync.waitFor(WRITE_BACK_SECONDS, TimeUnit.SECONDS)) {
        sync.destroy();
        throw new BenchmarkException(
            "sync has not ended within " + WRITE_BACK_SECONDS + " s: is something else writing?");
      }
    } catch (IOException e) {
      throw new BenchmarkException("cannot run sync", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    }
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
  void warmUpBroker() {
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
