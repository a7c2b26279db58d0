package io.github.rdkafka.internal.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BrokerHistoryTest {
  private final BrokerHistory history = new BrokerHistory();

  private long growth(String name, String nodeName, String source, int id, long sent) {
    BrokerStatistics broker = new BrokerStatistics();
    broker.name = name;
    broker.nodeName = nodeName;
    broker.source = source;
    broker.nodeId = id;
    broker.counters.sent = sent;
    return history.changes(broker).sent;
  }

  @Test
  void countsGoOnWhenABrokersIdBecomesKnown() {
    assertEquals(3, growth("a:1/bootstrap", "a:1", "configured", -1, 3));
    history.end();
    assertEquals(2, growth("a:1/7", "a:1", "configured", 7, 5));
  }

  @Test
  void countsGoOnWhenABrokerMoves() {
    assertEquals(3, growth("a:1/7", "a:1", "learned", 7, 3));
    history.end();
    assertEquals(4, growth("b:1/7", "b:1", "learned", 7, 7));
  }

  @Test
  void aCoordinatorIsNotTheBrokerThatItRunsOn() {
    assertEquals(3, growth("a:1/7", "a:1", "learned", 7, 3));
    assertEquals(9, growth("GroupCoordinator", "a:1", "logical", 7, 9));
    history.end();
    assertEquals(1, growth("GroupCoordinator", "b:1", "logical", 8, 10));
    assertEquals(1, growth("a:1/7", "a:1", "learned", 7, 4));
  }

  @Test
  void aBrokerThatBeginsAnewIsCountedFromZero() {
    assertEquals(30, growth("a:1/7", "a:1", "learned", 7, 30));
    history.end();
    assertEquals(4, growth("a:1/7", "a:1", "learned", 7, 4));
  }
}
