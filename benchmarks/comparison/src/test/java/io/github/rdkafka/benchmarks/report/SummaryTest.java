package io.github.rdkafka.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.benchmarks.Cell;
import io.github.rdkafka.benchmarks.CellResult;
import io.github.rdkafka.benchmarks.Contender;
import io.github.rdkafka.benchmarks.Measurements;
import io.github.rdkafka.benchmarks.Results;
import io.github.rdkafka.benchmarks.Run;
import io.github.rdkafka.benchmarks.Work;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Cell CELL = cell("produce-acks-1", 6);

  private static final CellResult RESULT =
      new CellResult(
          CELL,
          List.of(
              run(1, Contender.KAFKA_CLIENTS, 100),
              run(1, Contender.RDKAFKA, 500),
              run(2, Contender.RDKAFKA, 1000),
              run(2, Contender.KAFKA_CLIENTS, 500),
              run(3, Contender.RDKAFKA, 4000),
              run(3, Contender.KAFKA_CLIENTS, 1000),
              run(4, Contender.RDKAFKA, 7)));

  private static Cell cell(String id, int partitions) {
    return new Cell(
        id,
        "g</script>",
        "l",
        Work.PRODUCE,
        100,
        "1",
        false,
        "none",
        partitions,
        false,
        false,
        false,
        false,
        0,
        1,
        false,
        0,
        false);
  }

  private static Run run(int round, Contender contender, long records) {
    return new Run(round, contender, Measurements.of(records, 1_000_000_000));
  }

  @Test
  void ratiosAreThoseOfTheSameRound() {
    Summary summary = new Summary(RESULT);
    // 5, 2 and 4; the fourth round has no pair
    assertEquals(
        4.0, summary.ratio(Metric.RECORDS_PER_SECOND, Contender.RDKAFKA, Contender.KAFKA_CLIENTS));
    assertNull(summary.ratio(Metric.RECORDS_PER_SECOND, Contender.RDKAFKA, Contender.C));
    assertNull(summary.ratio(Metric.LATENCY_P99, Contender.RDKAFKA, Contender.KAFKA_CLIENTS));
  }

  @Test
  void theMedianOfAnEvenNumberLiesInTheMiddle() {
    assertEquals(750.0, new Summary(RESULT).median(Metric.RECORDS_PER_SECOND, Contender.RDKAFKA));
    assertEquals(
        500.0, new Summary(RESULT).median(Metric.RECORDS_PER_SECOND, Contender.KAFKA_CLIENTS));
  }

  @Test
  void goalsAreMetOrNotOrNotMeasured() {
    PageData data = PageData.of(results());
    Goal.Outcome speed = data.goals().getFirst();
    assertEquals(4.0, speed.value());
    assertEquals("met", speed.verdict());
    Goal.Outcome ceiling = data.goals().get(1);
    assertNull(ceiling.value());
    assertEquals("not measured", ceiling.verdict());
    Goal.Outcome cpu = data.goals().get(2);
    assertEquals(0.25, cpu.value());
    assertEquals("met", cpu.verdict());
    assertTrue(GoalTable.of(results()).contains("| 4.00 | met |"));
  }

  @Test
  void theTableOfTheCellsHasThreeDigits() {
    List<String> lines = CellTable.of(results()).lines().toList();
    assertEquals(3, lines.size());
    assertEquals(
        "| `produce-acks-1` | 500 | 750 | | 4.00 | 2,000 | 1,500 | | 0.250 |", lines.getLast());
  }

  @Test
  void theStartIsThatOfAllCells() {
    Results both =
        new Results(
            "quick",
            "2026-01-01T00:00:00Z",
            60,
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(
                new CellResult(
                    cell("produce-all", 6),
                    List.of(
                        started(1, Contender.RDKAFKA, 90),
                        started(1, Contender.KAFKA_CLIENTS, 100))),
                new CellResult(
                    cell("produce-callback", 6),
                    List.of(
                        started(1, Contender.KAFKA_CLIENTS, 100),
                        started(1, Contender.RDKAFKA, 70),
                        started(2, Contender.RDKAFKA, 60),
                        started(2, Contender.KAFKA_CLIENTS, 100))),
                new CellResult(
                    cell("produce-1000-partitions", 1000),
                    List.of(
                        started(1, Contender.RDKAFKA, 1000),
                        started(1, Contender.KAFKA_CLIENTS, 1)))),
            List.of());
    Goal.Outcome start =
        PageData.of(both).goals().stream()
            .filter(goal -> goal.work().startsWith("start"))
            .findFirst()
            .orElseThrow();
    assertEquals(0.7, start.value());
    assertEquals("met", start.verdict());
  }

  private static Run started(int round, Contender contender, double firstMillis) {
    return new Run(round, contender, Measurements.of(1, 1, firstMillis));
  }

  @Test
  void dataCannotLeaveItsScript() {
    assertFalse(Page.html(PageData.of(results())).contains("g</script>"));
  }

  private static Results results() {
    return new Results(
        "quick",
        "2026-01-01T00:00:00Z",
        60,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(RESULT),
        List.of());
  }
}
