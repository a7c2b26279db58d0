package io.github.rdkafka.internal.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;

/** Kafka's assignor classes and librdkafka's names for its own. */
public final class PartitionAssignors {
  private static final String COOPERATIVE = "cooperative-sticky";
  private static final String DEFAULT = "range";

  private static final Map<String, String> NAMES =
      Map.of(
          RangeAssignor.class.getName(), "range",
          RoundRobinAssignor.class.getName(), "roundrobin",
          CooperativeStickyAssignor.class.getName(), COOPERATIVE);

  private PartitionAssignors() {}

  /** Whether librdkafka has all assignors that are configured, or needs none. */
  public static boolean areNative(ConsumerConfig config) {
    return !config.getString(ConsumerConfig.GROUP_PROTOCOL_CONFIG).equalsIgnoreCase("classic")
        || areNative(config.getList(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG));
  }

  static boolean areNative(List<?> strategy) {
    return strategy.stream().allMatch(entry -> NAMES.containsKey(className(entry)));
  }

  /**
   * librdkafka cannot offer eager and cooperative assignors together. The first entry is the one
   * that Kafka's consumers would choose too, so the others of its kind are kept.
   *
   * @param strategy class names or classes; empty means none, with which one can only assign by
   *     hand. So do those that librdkafka does not have: it is not the group's member then
   */
  static String names(List<?> strategy) {
    if (strategy.isEmpty() || !areNative(strategy)) {
      return DEFAULT;
    }
    Set<String> names = new LinkedHashSet<>();
    strategy.forEach(entry -> names.add(NAMES.get(className(entry))));
    boolean cooperative = names.iterator().next().equals(COOPERATIVE);
    names.removeIf(name -> name.equals(COOPERATIVE) != cooperative);
    return String.join(",", names);
  }

  private static String className(Object entry) {
    return entry instanceof Class<?> type ? type.getName() : String.valueOf(entry).trim();
  }
}
