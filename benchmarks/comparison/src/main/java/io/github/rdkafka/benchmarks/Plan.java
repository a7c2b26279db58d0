package io.github.rdkafka.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Which cells there are: one dimension is changed at a time, around 100-byte values. */
final class Plan {
  private static final int WINDOW = 10_000;

  private final List<Cell> cells = new ArrayList<>();

  private Plan() {}

  /** Those that the figures to reach speak of, and few more. */
  static List<Cell> quick() {
    Plan plan = new Plan();
    plan.acknowledgements();
    plan.cells.removeIf(cell -> cell.id().equals("produce-all-plain"));
    plan.partitions(1, 1000);
    plan.produceTls();
    plan.latency("20000-all", 20_000, "20000/s, acks=all", cell -> cell.acksAll(true));
    plan.consume("size", "100", "100 B", Plan::asItIs);
    plan.consumeTls();
    plan.asShipped();
    return plan.cells;
  }

  static List<Cell> full() {
    Plan plan = new Plan();
    plan.acknowledgements();
    for (int size : List.of(10, 100, 1000, 10_000, 100_000, 1_000_000)) {
      plan.produce("size", "size-" + size, bytes(size), cell -> cell.size(size));
    }
    plan.produce("keys and headers", "no-key", "neither", Plan::asItIs);
    plan.produce("keys and headers", "key", "key", Cell.Builder::keys);
    plan.produce("keys and headers", "key-header", "key, header", cell -> cell.keys().headers());
    plan.compression();
    plan.partitions(1, 6, 100, 1000);
    plan.produceTls();
    plan.completion();
    for (int threads : List.of(1, 2, 4, 8)) {
      plan.threads(threads, false);
    }
    for (int threads : List.of(1, 8, 100)) {
      plan.threads(threads, true);
    }
    for (int rate : List.of(1000, 20_000, 50_000)) {
      plan.latency(rate + "-1", rate, rate + "/s, acks=1", Plan::asItIs);
      plan.latency(rate + "-all", rate, rate + "/s, acks=all", cell -> cell.acksAll(true));
    }
    for (int size : List.of(10, 100, 1000, 10_000, 100_000, 1_000_000)) {
      plan.consume("size", String.valueOf(size), bytes(size), cell -> cell.size(size));
    }
    plan.consume("keys and headers", "key-header", "key, header", cell -> cell.keys().headers());
    plan.consume("compression", "lz4", "lz4", cell -> cell.compression("lz4"));
    plan.consume("compression", "zstd", "zstd", cell -> cell.compression("zstd"));
    for (int partitions : List.of(1, 100, 1000)) {
      plan.consume(
          "partitions", partitions + "-partitions", partitions + "", c -> c.partitions(partitions));
    }
    plan.consumeTls();
    plan.asShipped();
    return plan.cells;
  }

  private static Cell.Builder asItIs(Cell.Builder cell) {
    return cell;
  }

  private void acknowledgements() {
    produce("acknowledgements", "acks-1", "acks=1", Plan::asItIs);
    produce("acknowledgements", "all-plain", "acks=all", cell -> cell.acksAll(false));
    produce("acknowledgements", "all", "acks=all, idempotent", cell -> cell.acksAll(true));
  }

  private void compression() {
    for (String type : List.of("none", "lz4", "zstd")) {
      produce("compression", "compression-" + type, type, c -> c.size(1000).compression(type));
    }
  }

  private void completion() {
    String window = String.format(Locale.ROOT, ", %,d unacknowledged at most", WINDOW);
    produce("completion", "callback", "callbacks", Plan::asItIs);
    produce("completion", "callback-window", "callbacks" + window, c -> c.window(WINDOW));
    produce("completion", "future-window", "futures" + window, c -> c.futures().window(WINDOW));
  }

  private void partitions(int... counts) {
    for (int count : counts) {
      produce("partitions", count + "-partitions", count + "", c -> c.keys().partitions(count));
    }
  }

  private void produceTls() {
    produce("TLS", "tls", "TLS", Cell.Builder::tls);
  }

  private void consumeTls() {
    consume("TLS", "tls", "TLS", Cell.Builder::tls);
  }

  private void threads(int count, boolean virtual) {
    String kind = virtual ? "virtual" : "platform";
    produce(
        "sender threads", kind + "-" + count, count + " " + kind, c -> c.threads(count, virtual));
  }

  private void asShipped() {
    produce("as shipped", "as-shipped", "produce", cell -> cell.acksAll(true).asShipped());
    consume("as shipped", "as-shipped", "consume", Cell.Builder::asShipped);
  }

  private void produce(String group, String id, String label, UnaryOperator<Cell.Builder> change) {
    add(Work.PRODUCE, "produce", group, id, label, change);
  }

  private void consume(String group, String id, String label, UnaryOperator<Cell.Builder> change) {
    add(Work.CONSUME, "consume", group, id, label, change);
  }

  private void latency(String id, int rate, String label, UnaryOperator<Cell.Builder> change) {
    Cell.Builder cell = Cell.of(Work.LATENCY, "latency-" + id, "latency", label).rate(rate);
    cells.add(cell.with(change).build());
  }

  private void add(
      Work work,
      String prefix,
      String group,
      String id,
      String label,
      UnaryOperator<Cell.Builder> change) {
    cells.add(Cell.of(work, prefix + "-" + id, prefix + ": " + group, label).with(change).build());
  }

  private static String bytes(int size) {
    if (size < 1000) {
      return size + " B";
    }
    return size < 1_000_000 ? size / 1000 + " KB" : size / 1_000_000 + " MB";
  }
}
