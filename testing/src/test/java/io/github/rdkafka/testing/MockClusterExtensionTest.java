package io.github.rdkafka.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.rdkafka.MockCluster;
import io.github.rdkafka.RdKafkaProducer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class MockClusterExtensionTest {

  private static final List<MockCluster> SEEN = new CopyOnWriteArrayList<>();

  @MockClusterTest(brokers = 3)
  static class Annotated {
    private MockCluster before;

    @BeforeEach
    void remember(MockCluster mock) {
      before = mock;
    }

    @Test
    void takesRecords(MockCluster mock) throws Exception {
      assertSame(before, mock);
      SEEN.add(mock);
      assertEquals(3, mock.bootstrapServers().split(",", -1).length);
      mock.createTopic("topic", 1, 3);
      try (var producer =
          new RdKafkaProducer<>(
              Map.of("bootstrap.servers", mock.bootstrapServers()),
              new StringSerializer(),
              new StringSerializer())) {
        assertEquals(
            0, producer.send(Records.record("topic", "a")).get(30, TimeUnit.SECONDS).offset());
      }
    }

    @Test
    void hasAnother(MockCluster mock) {
      SEEN.add(mock);
    }
  }

  static class Registered {
    @RegisterExtension static final MockClusterExtension MOCK = new MockClusterExtension(2);

    @Test
    void hasTwoBrokers(MockCluster mock) {
      assertEquals(2, mock.bootstrapServers().split(",", -1).length);
    }
  }

  @MockClusterTest
  static class InConstructor {
    InConstructor(MockCluster mock) {
      SEEN.add(mock);
    }

    @Test
    void neverRuns() {}
  }

  @Test
  void eachTestHasItsOwnUntilItEnds() {
    EngineExecutionResults results = run(Annotated.class, Registered.class);
    results.testEvents().assertStatistics(stats -> stats.succeeded(3).failed(0));
    assertEquals(2, SEEN.size());
    assertNotSame(SEEN.get(0), SEEN.get(1));
    for (MockCluster mock : SEEN) {
      assertThrows(IllegalStateException.class, mock::bootstrapServers);
    }
  }

  @Test
  void parameterThatOutlivesTheTestIsRefused() {
    Throwable failure =
        run(InConstructor.class).testEvents().failed().stream()
            .map(event -> event.getRequiredPayload(TestExecutionResult.class))
            .findFirst()
            .flatMap(TestExecutionResult::getThrowable)
            .orElseThrow();
    assertInstanceOf(ParameterResolutionException.class, failure);
    assertTrue(failure.getMessage().contains("belongs to one test"), failure.getMessage());
  }

  @Test
  void clusterWithoutBrokersIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new MockClusterExtension(0));
  }

  private static EngineExecutionResults run(Class<?>... classes) {
    SEEN.clear();
    return EngineTestKit.engine("junit-jupiter")
        .selectors(
            List.of(classes).stream()
                .map(type -> selectClass(type))
                .toArray(org.junit.platform.engine.DiscoverySelector[]::new))
        .execute();
  }
}
