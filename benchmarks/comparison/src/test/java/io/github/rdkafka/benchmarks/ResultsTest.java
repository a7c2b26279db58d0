package io.github.rdkafka.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private static final Cell CELL = Plan.quick().getFirst();

  @Test
  void laterPiecesAreLaterRounds() {
    Results merged = Results.merge(List.of(results("a", 1, 2), results("a", 1)));
    assertEquals(1, merged.cells().size());
    assertEquals(
        List.of(1, 2, 3), merged.cells().getFirst().runs().stream().map(Run::round).toList());
    assertEquals(20, merged.seconds());
  }

  @Test
  void piecesOfOtherMachinesAreRefused() {
    assertThrows(
        BenchmarkException.class, () -> Results.merge(List.of(results("a", 1), results("b", 1))));
  }

  @Test
  void everyReportCanBeReadAgain() throws IOException {
    List<Path> reports;
    try (Stream<Path> folders = Files.list(Path.of("..", "reports"))) {
      reports =
          folders
              .map(folder -> folder.resolve("results.json"))
              .filter(file -> Files.exists(file))
              .toList();
    }
    assertFalse(reports.isEmpty());
    for (Path report : reports) {
      assertFalse(Results.read(report).cells().isEmpty(), report.toString());
    }
  }

  @Test
  void allCommitsAreNamed() {
    Results merged =
        Results.merge(List.of(results("a", "c1", 1), results("a", "c2", 1), results("a", "c1", 1)));
    assertEquals("c1, c2", merged.versions().get(Results.COMMIT));
  }

  private static Results results(String processor, int... rounds) {
    return results(processor, "c", rounds);
  }

  private static Results results(String processor, String commit, int... rounds) {
    List<Run> runs =
        Arrays.stream(rounds)
            .mapToObj(round -> new Run(round, Contender.C, Measurements.of(100, 1_000_000)))
            .toList();
    return new Results(
        "quick",
        "2026-01-01T00:00:00Z",
        10,
        Map.of("processor", processor),
        Map.of(Results.COMMIT, commit),
        Map.of(),
        List.of(new CellResult(CELL, runs)),
        List.of());
  }
}
