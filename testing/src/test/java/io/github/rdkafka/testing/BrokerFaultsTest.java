package io.github.rdkafka.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.junit.jupiter.api.Test;

@KafkaClusterTest(shared = false)
class BrokerFaultsTest {

  @Test
  void killedBrokerComesBackWithItsDataOnItsPort(KafkaCluster kafka) throws Exception {
    String servers = kafka.bootstrapServers();
    kafka.createTopic("kept", 1);
    Records.produce(servers, "kept", List.of("before"));
    kafka.kill(1);
    assertFalse(kafka.isRunning(1));
    assertThrows(IllegalStateException.class, () -> kafka.pause(1));
    assertThrows(IllegalStateException.class, () -> kafka.resume(1));
    kafka.kill(1);
    kafka.stop(1);
    kafka.restart(1);
    assertTrue(kafka.isRunning(1));
    Records.produce(servers, "kept", List.of("after"));
    assertEquals(List.of("before", "after"), Records.consume(servers, "kept", 2));
  }

  @Test
  void restartedBrokerIsAnotherProcessEvenIfItWasPaused(KafkaCluster kafka) throws Exception {
    kafka.createTopic("restarted", 1);
    Records.produce(kafka.bootstrapServers(), "restarted", List.of("before"));
    long first = kafka.pid(1);
    kafka.pause(1);
    kafka.restart(1);
    assertFalse(Processes.isAlive(first));
    assertTrue(Processes.isAlive(kafka.pid(1)));
    assertEquals(List.of("before"), Records.consume(kafka.bootstrapServers(), "restarted", 1));
  }

  @Test
  void pausedBrokerAnswersNothingUntilItGoesOn(KafkaCluster kafka) throws Exception {
    kafka.pause(1);
    assertTrue(kafka.isRunning(1));
    DescribeClusterResult unanswered =
        kafka.admin().describeCluster(new DescribeClusterOptions().timeoutMs(1_000));
    ExecutionException e =
        assertThrows(
            ExecutionException.class, () -> unanswered.clusterId().get(30, TimeUnit.SECONDS));
    assertEquals(org.apache.kafka.common.errors.TimeoutException.class, e.getCause().getClass());
    kafka.resume(1);
    assertEquals(
        kafka.clusterId(), kafka.admin().describeCluster().clusterId().get(30, TimeUnit.SECONDS));
  }
}
