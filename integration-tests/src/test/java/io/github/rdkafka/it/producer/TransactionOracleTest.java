package io.github.rdkafka.it.producer;

import io.github.rdkafka.it.Oracle;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scenario runs on kafka-clients and on ours, and nobody can tell the difference. */
@KafkaClusterTest
@Timeout(120)
class TransactionOracleTest {
  /** Part of Kafka's messages; librdkafka tells neither. */
  private static final String ID_AND_EPOCH = " and (ProducerIdAndEpoch)?\\([^)]*\\)";

  static Stream<TransactionScenario> scenarios() {
    return Stream.of(
            TransactionStateScenarios.ALL,
            TransactionDataScenarios.ALL,
            TransactionFailureScenarios.ALL,
            TransactionFencingScenarios.ALL,
            TransactionOffsetScenarios.ALL)
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void behavesLikeKafkaClients(TransactionScenario scenario, KafkaCluster kafka) throws Exception {
    String id = "tx-" + System.nanoTime();
    Oracle.assertAgrees(
        () -> run(Client.KAFKA, scenario, kafka, id),
        () -> run(Client.RDKAFKA, scenario, kafka, id));
    ProducerTests.assertNothingIsLeft();
  }

  private static String run(
      Client client, TransactionScenario scenario, KafkaCluster kafka, String id) throws Exception {
    String topic = ProducerTests.newTopic(kafka, 2);
    Observations seen = new Observations(kafka, topic);
    scenario.steps().run(new TransactionScenario.Run(client, kafka, topic, id), seen);
    return String.join("\n", seen.lines()).replaceAll(ID_AND_EPOCH, "");
  }
}
