package io.github.rdkafka.it.producer;

import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/**
 * Something to be done with a producer.
 *
 * @param partitions of the topic that is made for it
 * @param config on top of the defaults
 */
record Scenario(String name, int partitions, Map<String, Object> config, Steps steps) {
  /** The steps themselves; the producer is closed afterwards. */
  @FunctionalInterface
  interface Steps {
    void run(Producer<Object, Object> producer, Observations seen) throws Exception;
  }

  static Scenario of(String name, int partitions, Steps steps) {
    return new Scenario(name, partitions, Map.of(), steps);
  }

  static Scenario of(String name, int partitions, Map<String, Object> config, Steps steps) {
    return new Scenario(name, partitions, config, steps);
  }

  @Override
  public String toString() {
    return name;
  }
}
