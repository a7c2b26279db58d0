package io.github.rdkafka.it.producer;

import io.github.rdkafka.testing.KafkaCluster;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Something to be done with transactional producers, as many as it takes. */
record TransactionScenario(String name, Steps steps) {
  /** The steps themselves. */
  @FunctionalInterface
  interface Steps {
    void run(Run run, Observations seen) throws Exception;
  }

  /**
   * One run of a scenario.
   *
   * @param id the same for both clients, because it is part of messages
   */
  record Run(Client client, KafkaCluster kafka, String topic, String id) {
    /** A producer whose transactions last until the test ends them. */
    Producer<String, String> open(Object... overrides) {
      return openAt(kafka.bootstrapServers(), overrides);
    }

    Producer<String, String> openAt(String bootstrapServers, Object... overrides) {
      Map<String, Object> config = new HashMap<>();
      config.put("transactional.id", id);
      config.putAll(ProducerTests.config(bootstrapServers, overrides));
      config.values().removeIf(""::equals);
      return client.open(config, new StringSerializer(), new StringSerializer());
    }

    /**
     * Returns when Kafka's sender has drawn its conclusions from a record that has failed, which it
     * does after the record's future is done: a look-up is answered by the same thread.
     */
    void settle(Producer<String, String> producer) {
      producer.partitionsFor(ProducerTests.newTopic(kafka, 1));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
