package io.github.rdkafka.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

  private static Results results(String processor, int... rounds) {
    List<Run> runs =
        Arrays.stream(rounds)
            .mapToObj(round -> new Run(round, Contender.C, Measurements.of(100, 1_000_000)))
            .toList();
    return new Results(
        "quick",
        "2026-01-01T00:00:00Z",
        10,
        Map.of("processor", processor),
        Map.of(),
        Map.of(),
        List.of(new CellResult(CELL, runs)));
  }
}
