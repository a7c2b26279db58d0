package io.github.rdkafka.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThreeBrokersTest {

  private static final Map<String, Object> ACKS = Map.of("acks", "all");

  @RegisterExtension
  static final KafkaClusterExtension KAFKA =
      KafkaClusterExtension.exclusive(
          KafkaCluster.builder()
              .brokers(3)
              .property("min.insync.replicas", 2)
              .brokerProperty(2, "broker.rack", "second"));

  @Test
  void topicIsOnAllBrokers(KafkaCluster kafka) throws Exception {
    kafka.createTopic("wide", 3);
    Set<Integer> replicas = new TreeSet<>();
    describe("wide").partitions().get(0).replicas().forEach(node -> replicas.add(node.id()));
    assertEquals(Set.of(1, 2, 3), replicas);
    Records.produce(kafka.bootstrapServers(), "wide", List.of("a"), ACKS);
    assertEquals(List.of("a"), Records.consume(kafka.bootstrapServers(), "wide", 1));
  }

  @Test
  void propertiesOfAllAndOfOne(KafkaCluster kafka) throws Exception {
    assertEquals(3, kafka.bootstrapServers().split(",", -1).length);
    for (Node node : kafka.admin().describeCluster().nodes().get()) {
      assertEquals(node.id() == 2 ? "second" : null, node.rack());
      assertEquals(kafka.port(node.id(), "PLAINTEXT"), node.port());
      ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
      assertEquals(
          "2",
          kafka
              .admin()
              .describeConfigs(List.of(broker))
              .all()
              .get()
              .get(broker)
              .get("min.insync.replicas")
              .value());
    }
  }

  @Test
  void recordsSurviveTheLeaderAndThenAllBrokers(KafkaCluster kafka) throws Exception {
    String servers = kafka.bootstrapServers();
    kafka.createTopic("survives", 1);
    Records.produce(servers, "survives", List.of("before"), ACKS);
    int leader = describe("survives").partitions().get(0).leader().id();
    kafka.kill(leader);
    Records.produce(servers, "survives", List.of("without"), ACKS);
    // the broker that is asked may not have heard of it yet
    assertTrue(
        Processes.becomesTrue(() -> hasLeaderBut(leader, "survives"), Duration.ofSeconds(30)),
        "no other leader");
    kafka.kill(1, 2, 3);
    kafka.restart(1, 2, 3);
    assertTrue(
        Processes.becomesTrue(() -> inSync("survives") == 3, Duration.ofSeconds(30)),
        "not all brokers caught up");
    assertEquals(List.of("before", "without"), Records.consume(servers, "survives", 2));
  }

  private static TopicDescription describe(String topic)
      throws InterruptedException, ExecutionException {
    return KAFKA.cluster().admin().describeTopics(List.of(topic)).allTopicNames().get().get(topic);
  }

  private static boolean hasLeaderBut(int former, String topic) {
    return partition(topic)
        .map(TopicPartitionInfo::leader)
        .filter(leader -> leader.id() != former)
        .isPresent();
  }

  private static int inSync(String topic) {
    return partition(topic).map(partition -> partition.isr().size()).orElse(0);
  }

  /** Nothing when the broker that is asked does not know it yet. */
  private static Optional<TopicPartitionInfo> partition(String topic) {
    try {
      return Optional.of(describe(topic).partitions().get(0));
    } catch (ExecutionException notYet) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
