package io.github.rdkafka.examples.quickstart;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What can be set with {@code -Dquickstart.…}.
 *
 * @param rounds how often both clients are measured
 * @param records how many records are sent and read back, by each client in each round
 * @param warmup how many records go before the rounds, uncounted, so that the JVM has compiled the
 *     code
 * @param partitions of each topic
 * @param producerConfig more configuration for both producers, {@code key=value,key=value}
 * @param consumerConfig the same for both consumers
 */
record Settings(
    int rounds,
    int records,
    int warmup,
    int partitions,
    Map<String, String> producerConfig,
    Map<String, String> consumerConfig) {

  static final String PREFIX = "quickstart.";

  /**
   * @param lookup gives a property's value, or null; usually {@code System::getProperty}
   * @throws QuickstartException if a value is not usable
   */
  static Settings from(Function<String, String> lookup) {
    return new Settings(
        number(lookup, "rounds", 3, 1),
        number(lookup, "records", 1_000_000, 1),
        number(lookup, "warmup", 3_000_000, 0),
        number(lookup, "partitions", 6, 1),
        config(lookup, "producer.config"),
        config(lookup, "consumer.config"));
  }

  /** The arguments that give another JVM the same settings. */
  List<String> asJvmArguments() {
    return List.of(
        "-D" + PREFIX + "rounds=" + rounds,
        "-D" + PREFIX + "records=" + records,
        "-D" + PREFIX + "warmup=" + warmup,
        "-D" + PREFIX + "partitions=" + partitions,
        "-D" + PREFIX + "producer.config=" + join(producerConfig),
        "-D" + PREFIX + "consumer.config=" + join(consumerConfig));
  }

  private static String join(Map<String, String> config) {
    return String.join(
        ",", config.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }

  private static int number(Function<String, String> lookup, String name, int normal, int least) {
    String text = lookup.apply(PREFIX + name);
    if (text == null || text.isBlank()) {
      return normal;
    }
    try {
      int value = Integer.parseInt(text.strip().replace("_", ""));
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below, like a number that is too small
    }
    throw new QuickstartException(
        PREFIX + name + " is '" + text + "' and not a whole number from " + least);
  }

  private static Map<String, String> config(Function<String, String> lookup, String name) {
    String text = lookup.apply(PREFIX + name);
    Map<String, String> config = new TreeMap<>();
    if (text == null || text.isBlank()) {
      return config;
    }
    for (String pair : Arrays.asList(text.split(",", -1))) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new QuickstartException(
            PREFIX + name + " is '" + text + "' and not of the form key=value,key=value");
      }
      config.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    return config;
  }
}
