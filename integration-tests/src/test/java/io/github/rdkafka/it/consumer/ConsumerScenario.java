package io.github.rdkafka.it.consumer;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Something to be done with a consumer.
 *
 * @param partitions of the topic that is made for it
 * @param records that each of them has
 * @param config on top of the defaults
 */
record ConsumerScenario(
    String name, int partitions, int records, Map<String, Object> config, Steps steps) {
  /** The steps themselves; the consumer is closed afterwards. */
  @FunctionalInterface
  interface Steps {
    void run(Consumer<String, String> consumer, ConsumerObservations seen) throws Exception;
  }

  static ConsumerScenario of(String name, int partitions, int records, Steps steps) {
    return new ConsumerScenario(name, partitions, records, Map.of(), steps);
  }

  ConsumerScenario with(String key, Object value) {
    return new ConsumerScenario(
        name + ", " + key + "=" + value, partitions, records, merged(key, value), steps);
  }

  private Map<String, Object> merged(String key, Object value) {
    Map<String, Object> merged = new HashMap<>(config);
    merged.put(key, value);
    return Map.copyOf(merged);
  }

  @Override
  public String toString() {
    return name;
  }
}
