package io.github.rdkafka.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void everyCellHasAnIdOfItsOwn() {
    for (List<Cell> plan : List.of(Plan.quick(), Plan.full())) {
      assertEquals(plan.size(), ids(plan).size());
    }
  }

  @Test
  void theFullFormHasWhatTheQuickOneHas() {
    Set<String> missing = ids(Plan.quick());
    missing.removeAll(ids(Plan.full()));
    assertEquals(Set.of(), missing);
  }

  @Test
  void theQuickFormEndsInFiveMinutes() {
    double seconds = Comparison.expectedSeconds(Plan.quick(), Phases.QUICK, 2);
    assertTrue(seconds < 300, () -> seconds + " s are expected");
  }

  @Test
  void cLeavesOutWhatItDoesNotHave() {
    for (Cell cell : Plan.full()) {
      boolean onlyJava = cell.futures() || cell.threads() > 1 || cell.virtual();
      assertEquals(!onlyJava, Comparison.contenders(cell, 1).contains(Contender.C), cell.id());
    }
  }

  @Test
  void everyContenderBeginsOnceInThreeRounds() {
    Cell cell = Plan.quick().getFirst();
    Set<Contender> first = new HashSet<>();
    for (int round = 1; round <= 3; round++) {
      List<Contender> order = Comparison.contenders(cell, round);
      assertEquals(3, order.size());
      first.add(order.getFirst());
    }
    assertEquals(3, first.size());
  }

  @Test
  void bothJavaClientsGetTheSameConfiguration() {
    for (Cell cell : Plan.full()) {
      assertEquals(config(cell, Contender.KAFKA_CLIENTS), config(cell, Contender.RDKAFKA));
    }
  }

  @Test
  void cGetsLibrdkafkasNames() {
    for (Cell cell : Plan.full()) {
      Map<String, String> config = config(cell, Contender.C);
      assertFalse(config.containsKey("buffer.memory"));
      assertFalse(config.containsKey("max.request.size"));
      assertFalse(config.containsKey("ssl.truststore.location"));
      assertEquals(cell.tls(), config.containsKey("ssl.ca.location"));
    }
  }

  private static Map<String, String> config(Cell cell, Contender contender) {
    return ClientConfig.of(cell, contender, "localhost:9092", Path.of("ca.pem"));
  }

  private static Set<String> ids(List<Cell> plan) {
    Set<String> ids = new HashSet<>();
    plan.forEach(cell -> ids.add(cell.id()));
    return ids;
  }
}
