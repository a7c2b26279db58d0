package io.github.rdkafka.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.benchmarks.report.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, with very few records, against a broker. */
class ComparisonTest {
  private static final Phases SHORT = new Phases(100, 100, 4000, 1, 2);
  private static final Pattern CELLS =
      Pattern.compile(
          "produce-1-partitions|produce-key-header|latency-20000-all|consume-tls|consume-key-header|consume-as-shipped");

  @Test
  void everyContenderDoesEveryKindOfWork(@TempDir Path folder) throws IOException {
    List<Cell> cells =
        Plan.full().stream().filter(cell -> CELLS.matcher(cell.id()).matches()).toList();
    assertEquals(6, cells.size());

    List<CellResult> results;
    List<List<CellResult>> afterCells = new ArrayList<>();
    try (Progress progress = new Progress(10);
        Broker broker = new Broker(folder)) {
      Deadline deadline = new Deadline(Duration.ofMinutes(10));
      Comparison comparison = new Comparison(broker, SHORT, List.of(), progress, deadline);
      results = comparison.run(cells, 1, afterCells::add);
      assertEquals(List.of(), comparison.failures());
    }

    assertEquals(List.of(1, 2, 3, 4, 5, 6), afterCells.stream().map(List::size).toList());
    assertEquals(results, afterCells.getLast());
    for (CellResult result : results) {
      assertEquals(3, result.runs().size());
      result.runs().forEach(run -> check(result.cell(), run));
    }
    Results all =
        new Results(
            "quick", "2026-01-01T00:00:00Z", 1, Map.of(), Map.of(), Map.of(), results, List.of());
    Path json = folder.resolve("results.json");
    all.write(json);
    assertEquals(all, Results.read(json));
    Path page = folder.resolve("index.html");
    Page.write(all, page);
    assertTrue(Files.readString(page).contains("Chart.js"));
  }

  private static void check(Cell cell, Run run) {
    Measurement measured = run.measurement();
    String name = cell.id() + " " + run.contender();
    assertTrue(measured.records() > 0, name);
    assertTrue(measured.nanos() > 0, name);
    assertTrue(measured.cpuNanos() > 0, name);
    assertTrue(measured.allRecords() > measured.records(), name);
    assertTrue(measured.peakRssBytes() > 1_000_000, name);
    assertTrue(measured.firstMillis() > 0, name);
    assertEquals(cell.work() == Work.LATENCY, measured.p99Micros() != null, name);
    assertEquals(run.contender() != Contender.C, measured.allocatedBytes() != null, name);
    if (cell.work() == Work.CONSUME) {
      assertTrue(measured.records() > 1000, name);
      assertEquals(3 * 4000, measured.allRecords(), name);
    }
    if (cell.work() == Work.LATENCY) {
      assertEquals(2000, measured.records(), name);
    }
  }
}
