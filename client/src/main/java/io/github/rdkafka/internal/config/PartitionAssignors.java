package io.github.rdkafka.internal.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.common.config.ConfigException;

/** Kafka's assignor classes and librdkafka's names for its own. */
final class PartitionAssignors {
  private static final String COOPERATIVE = "cooperative-sticky";
  private static final String DEFAULT = "range";

  private static final Map<String, String> NAMES =
      Map.of(
          RangeAssignor.class.getName(), "range",
          RoundRobinAssignor.class.getName(), "roundrobin",
          CooperativeStickyAssignor.class.getName(), COOPERATIVE);

  private PartitionAssignors() {}

  /**
   * librdkafka cannot offer eager and cooperative assignors together. The first entry is the one
   * that Kafka's consumers would choose too, so the others of its kind are kept.
   *
   * @param strategy class names or classes; empty means none, with which one can only assign by
   *     hand
   */
  static String names(List<?> strategy) {
    Set<String> names = new LinkedHashSet<>();
    for (Object entry : strategy) {
      names.add(name(entry));
    }
    if (names.isEmpty()) {
      return DEFAULT;
    }
    boolean cooperative = names.iterator().next().equals(COOPERATIVE);
    names.removeIf(name -> name.equals(COOPERATIVE) != cooperative);
    return String.join(",", names);
  }

  private static String name(Object entry) {
    String className =
        entry instanceof Class<?> type ? type.getName() : String.valueOf(entry).trim();
    String name = NAMES.get(className);
    if (name == null) {
      throw new ConfigException(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          className,
          className
              + " is not available on librdkafka;"
              + " use RangeAssignor, RoundRobinAssignor or CooperativeStickyAssignor");
    }
    return name;
  }
}
