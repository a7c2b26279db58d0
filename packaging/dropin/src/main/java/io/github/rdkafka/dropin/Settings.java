package io.github.rdkafka.dropin;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * What the user wants of the agent.
 *
 * @param producer whether {@code KafkaProducer} is replaced
 * @param consumer whether {@code KafkaConsumer} is replaced
 * @param fallback whether a class with unknown members stays as it is, instead of being refused
 * @param configFallback whether a client whose configuration is refused becomes Kafka's own
 * @param required whether to fail where the application would otherwise run on Kafka's clients
 */
record Settings(
    boolean producer,
    boolean consumer,
    boolean fallback,
    boolean configFallback,
    boolean required) {

  static final String PREFIX = "rdkafka.dropin.";

  private static final String PRODUCER = "producer";
  private static final String CONSUMER = "consumer";
  private static final String FALLBACK = "fallback";
  private static final String CONFIG_FALLBACK = "config.fallback";
  private static final String REQUIRED = "required";
  private static final List<String> NAMES =
      List.of(PRODUCER, CONSUMER, FALLBACK, CONFIG_FALLBACK, REQUIRED);

  /**
   * Reads the agent's arguments ({@code name=value}, separated by commas) and, for what they leave
   * out, the system properties {@code rdkafka.dropin.<name>}.
   *
   * @param arguments null for none
   * @throws IllegalArgumentException for an unknown name, or a value that is not true or false
   */
  static Settings parse(String arguments, Properties properties) {
    Map<String, Boolean> values = new HashMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(PREFIX)) {
        String name = known(key.substring(PREFIX.length()), "-D" + key);
        values.put(name, flag(properties.getProperty(key), "-D" + key));
      }
    }
    for (String argument : (arguments == null ? "" : arguments).split(",", -1)) {
      if (!argument.isBlank()) {
        int equals = argument.indexOf('=');
        String what = "the agent's argument " + argument.strip();
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String value = equals < 0 ? "" : argument.substring(equals + 1);
        values.put(known(name.strip(), what), flag(value, what));
      }
    }
    return new Settings(
        values.getOrDefault(PRODUCER, true),
        values.getOrDefault(CONSUMER, true),
        values.getOrDefault(FALLBACK, false),
        values.getOrDefault(CONFIG_FALLBACK, false),
        values.getOrDefault(REQUIRED, false));
  }

  /** Whether all that could be told was that a failure must stop the application. */
  static boolean isRequired(String arguments, Properties properties) {
    List<String> given =
        Arrays.stream((arguments == null ? "" : arguments).split(",", -1))
            .map(String::strip)
            .toList();
    return given.contains(REQUIRED + "=true")
        || Boolean.parseBoolean(properties.getProperty(PREFIX + REQUIRED));
  }

  boolean replaces(KafkaClass kafkaClass) {
    return kafkaClass == KafkaClass.PRODUCER ? producer : consumer;
  }

  private static String known(String name, String what) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          what + " is not known; there are " + String.join(", ", NAMES));
    }
    return name;
  }

  private static boolean flag(String value, String what) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(what + ": the value must be true or false");
    };
  }
}
