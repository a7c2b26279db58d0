package io.github.rdkafka.it.consumer;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.it.Oracle;
import io.github.rdkafka.it.SharedCluster;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scenario runs on kafka-clients and on ours, and nobody can tell the difference. */
@Timeout(120)
class ConsumerOracleTest {
  /** Who distributes the partitions makes no difference to one without a group. */
  enum Group {
    CLASSIC,
    COOPERATIVE,
    STICKY,
    CONSUMER;

    Map<String, Object> config() {
      return switch (this) {
        case CLASSIC -> Map.of();
        case COOPERATIVE ->
            Map.of(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        case STICKY ->
            Map.of(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                StickyAssignor.class.getName());
        case CONSUMER -> Map.of(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
      };
    }
  }

  static Stream<Arguments> scenarios() {
    Stream<ConsumerScenario> alone =
        Stream.of(
                ArgumentScenarios.ALL,
                PositionScenarios.ALL,
                CommitScenarios.ALL,
                ReadScenarios.ALL)
            .flatMap(List::stream);
    Stream<ConsumerScenario> members =
        Stream.of(SubscriptionScenarios.ALL, ListenerScenarios.ALL).flatMap(List::stream);
    return Stream.concat(
        alone.flatMap(each -> in(each, Group.CLASSIC, Group.CONSUMER)),
        members.flatMap(each -> in(each, Group.values())));
  }

  private static Stream<Arguments> in(ConsumerScenario scenario, Group... groups) {
    return Stream.of(groups).map(group -> Arguments.of(scenario, group));
  }

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("scenarios")
  void behavesLikeKafkaClients(ConsumerScenario scenario, Group group) throws Exception {
    Oracle.assertAgrees(() -> run(false, scenario, group), () -> run(true, scenario, group));
  }

  private static String run(boolean ours, ConsumerScenario scenario, Group group) throws Exception {
    String topic = SharedCluster.newTopic(scenario.partitions());
    for (int partition = 0; partition < scenario.partitions(); partition++) {
      if (scenario.records() > 0) {
        ConsumerTestSupport.produce(topic, partition, 0, scenario.records());
      }
    }
    Map<String, Object> config =
        ConsumerTestSupport.config(
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            StringDeserializer.class,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            StringDeserializer.class,
            // not in the middle of a scenario that takes its time
            ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG,
            600_000);
    config.putAll(group.config());
    config.putAll(scenario.config());
    String groupId = String.valueOf(config.get(ConsumerConfig.GROUP_ID_CONFIG));
    if (groupId.isEmpty()) {
      config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    }
    ConsumerObservations seen =
        new ConsumerObservations(
            topic,
            groupId.isEmpty() ? "no group" : groupId,
            group != Group.CONSUMER,
            group == Group.CLASSIC || group == Group.STICKY);
    config.put(RecordingInterceptor.SEEN, seen);
    try (Consumer<String, String> consumer =
        ours ? new RdKafkaConsumer<>(config) : new KafkaConsumer<>(config)) {
      scenario.steps().run(consumer, seen);
    } catch (Throwable failure) {
      String who = ours ? "ours" : "Kafka's";
      throw new AssertionError(who + " fails after:\n" + String.join("\n", seen.lines()), failure);
    }
    return String.join("\n", seen.lines());
  }
}
