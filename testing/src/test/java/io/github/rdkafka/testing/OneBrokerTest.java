package io.github.rdkafka.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OneBrokerTest {

  private static KafkaCluster kafka;

  @BeforeAll
  static void start() {
    kafka = KafkaCluster.start();
  }

  @AfterAll
  static void close() {
    kafka.close();
  }

  @Test
  void recordsGoThrough() throws Exception {
    kafka.createTopic("through", 3);
    Records.produce(kafka.bootstrapServers(), "through", List.of("a", "b", "c"));
    assertEquals(List.of("a", "b", "c"), Records.consume(kafka.bootstrapServers(), "through", 3));
  }

  @Test
  void clusterIsTheOneThatAnswers() throws Exception {
    assertEquals(kafka.clusterId(), kafka.admin().describeCluster().clusterId().get());
    assertEquals(1, kafka.size());
  }

  @Test
  void secondTopicOfTheSameNameIsRefused() {
    kafka.createTopic("twice", 1);
    assertThrows(TopicExistsException.class, () -> kafka.createTopic("twice", 1));
  }

  @Test
  void moreReplicasThanBrokersAreRefused() {
    assertThrows(
        org.apache.kafka.common.errors.InvalidReplicationFactorException.class,
        () -> kafka.createTopic("wide", 1, 2));
  }
}
