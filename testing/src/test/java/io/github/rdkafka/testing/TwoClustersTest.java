package io.github.rdkafka.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoClustersTest {

  @TempDir Path logs;

  @Test
  void clustersThatStartTogetherHaveNothingInCommon() throws Exception {
    KafkaClusterBuilder builder = KafkaCluster.builder().logDirectory(logs);
    CompletableFuture<KafkaCluster> starting = CompletableFuture.supplyAsync(builder::start);
    KafkaCluster one = builder.start();
    try (KafkaCluster other = starting.join()) {
      long pid = one.pid(1);
      try (one) {
        assertNotEquals(one.clusterId(), other.clusterId());
        one.createTopic("here", 1);
        assertTrue(one.admin().listTopics().names().get().contains("here"));
        assertEquals(Set.of(), other.admin().listTopics().names().get());
      }
      assertFalse(Processes.isAlive(pid));
      assertFalse(Files.exists(one.folder()));
      assertTrue(Files.size(one.log(1)) > 0);
      assertThrows(IllegalStateException.class, one::admin);
      assertThrows(IllegalStateException.class, () -> one.restart(1));
      assertEquals(other.clusterId(), other.admin().describeCluster().clusterId().get());
    }
  }
}
