package io.github.rdkafka.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What the extension does with the clusters of several classes, in a test run of its own. */
class KafkaClusterExtensionTest {

  private static final Map<Class<?>, Long> BROKERS = new ConcurrentHashMap<>();
  private static final Map<Class<?>, String> CLUSTERS = new ConcurrentHashMap<>();

  private static void seen(Class<?> by, KafkaCluster kafka) {
    CLUSTERS.put(by, kafka.clusterId());
    BROKERS.put(by, kafka.pid(1));
  }

  @KafkaClusterTest(properties = "message.max.bytes = 2000")
  static class First {
    @Test
    void leavesTheBrokerDead(KafkaCluster kafka) {
      seen(First.class, kafka);
      kafka.kill(1);
    }
  }

  @KafkaClusterTest(properties = "message.max.bytes = 2000")
  static class Second {
    @Test
    void fails(KafkaCluster kafka) {
      assertTrue(kafka.isRunning(1));
      seen(Second.class, kafka);
      throw new AssertionError("on purpose");
    }

    @Nested
    class Inner {
      @Test
      void hasItToo(KafkaCluster kafka) {
        seen(Inner.class, kafka);
      }
    }
  }

  static class Third {
    @RegisterExtension
    static final KafkaClusterExtension KAFKA =
        KafkaClusterExtension.exclusive(KafkaCluster.builder().property("message.max.bytes", 2000));

    @Test
    void hasItsOwn() {
      seen(Third.class, KAFKA.cluster());
    }
  }

  @Test
  void clustersAreSharedBroughtBackAndClosed() {
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .selectors(
                selectClass(First.class), selectClass(Second.class), selectClass(Third.class))
            .configurationParameter(
                "junit.jupiter.testclass.order.default",
                "org.junit.jupiter.api.ClassOrderer$ClassName")
            .execute();

    assertEquals(CLUSTERS.get(First.class), CLUSTERS.get(Second.class));
    assertEquals(CLUSTERS.get(First.class), CLUSTERS.get(Second.Inner.class));
    assertNotEquals(BROKERS.get(First.class), BROKERS.get(Second.class));
    assertNotEquals(CLUSTERS.get(First.class), CLUSTERS.get(Third.class));
    BROKERS.values().forEach(pid -> assertFalse(Processes.isAlive(pid), "broker " + pid));

    assertEquals(3, results.testEvents().succeeded().count());
    List<TestExecutionResult> failures =
        results.testEvents().failed().stream()
            .map(event -> event.getRequiredPayload(TestExecutionResult.class))
            .toList();
    assertEquals(1, failures.size());
    Throwable failure = failures.get(0).getThrowable().orElseThrow();
    assertEquals("on purpose", failure.getMessage());
    String logs = failure.getSuppressed()[0].getMessage();
    assertTrue(logs.contains("broker-1.log"), logs);
    assertTrue(logs.contains("KafkaRaftServer"), logs);
  }
}
