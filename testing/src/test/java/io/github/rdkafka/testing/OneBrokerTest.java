package io.github.rdkafka.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.Test;

@KafkaClusterTest
class OneBrokerTest {

  @Test
  void recordsGoThrough(KafkaCluster kafka) throws Exception {
    kafka.createTopic("through", 3);
    Records.produce(kafka.bootstrapServers(), "through", List.of("a", "b", "c"));
    assertEquals(List.of("a", "b", "c"), Records.consume(kafka.bootstrapServers(), "through", 3));
  }

  @Test
  void clusterIsTheOneThatAnswers(KafkaCluster kafka) throws Exception {
    assertEquals(kafka.clusterId(), kafka.admin().describeCluster().clusterId().get());
    assertEquals(1, kafka.size());
  }

  @Test
  void topicHasItsConfiguration(KafkaCluster kafka) throws Exception {
    kafka.createTopic("compacted", 2, 1, Map.of("cleanup.policy", "compact"));
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "compacted");
    String policy =
        kafka
            .admin()
            .describeConfigs(List.of(topic))
            .all()
            .get()
            .get(topic)
            .get("cleanup.policy")
            .value();
    assertEquals("compact", policy);
  }

  @Test
  void secondTopicOfTheSameNameIsRefused(KafkaCluster kafka) {
    kafka.createTopic("twice", 1);
    assertThrows(TopicExistsException.class, () -> kafka.createTopic("twice", 1));
  }

  @Test
  void moreReplicasThanBrokersAreRefused(KafkaCluster kafka) {
    assertThrows(InvalidReplicationFactorException.class, () -> kafka.createTopic("wide", 1, 2));
  }

  @Test
  void unknownBrokersAndListenersAreRefused(KafkaCluster kafka) {
    assertThrows(IllegalArgumentException.class, () -> kafka.kill(2));
    assertThrows(IllegalArgumentException.class, () -> kafka.bootstrapServers("SSL"));
    assertTrue(kafka.isRunning(1));
  }
}
