package io.github.rdkafka.it.producer;

import io.github.rdkafka.it.Oracle;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scenario runs on kafka-clients and on ours, and nobody can tell the difference. */
@KafkaClusterTest
@Timeout(120)
class OracleTest {
  static Stream<Scenario> scenarios() {
    return Stream.of(
            RecordScenarios.ALL,
            RefusalScenarios.ALL,
            CallbackScenarios.ALL,
            InterceptorScenarios.ALL,
            PartitionScenarios.ALL)
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void behavesLikeKafkaClients(Scenario scenario, KafkaCluster kafka) throws Exception {
    Oracle.assertAgrees(
        () -> run(Client.KAFKA, scenario, kafka), () -> run(Client.RDKAFKA, scenario, kafka));
    ProducerTests.assertNothingIsLeft();
  }

  private static String run(Client client, Scenario scenario, KafkaCluster kafka) throws Exception {
    Observations seen =
        new Observations(kafka, ProducerTests.newTopic(kafka, scenario.partitions()));
    Map<String, Object> config = new HashMap<>(ProducerTests.config(kafka));
    config.putAll(scenario.config());
    Serializers serializers = new Serializers();
    try (Producer<Object, Object> producer =
        client.open(config, serializers.keys(), serializers.values())) {
      scenario.steps().run(producer, seen);
    }
    return String.join("\n", seen.lines());
  }
}
