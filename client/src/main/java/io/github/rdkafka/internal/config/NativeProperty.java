package io.github.rdkafka.internal.config;

import org.apache.kafka.common.config.ConfigException;

/**
 * One librdkafka property to be set, and where it comes from.
 *
 * @param name librdkafka's name of the property
 * @param value the text to set, never null
 * @param kafkaKey the key of the user's configuration it stems from; for a value that this library
 *     presets without such a key, librdkafka's name again
 * @param origin the door through which it came
 * @param secret whether the value must stay out of logs and messages
 */
public record NativeProperty(
    String name, String value, String kafkaKey, Origin origin, boolean secret) {

  /** Decides what happens when librdkafka does not take the property. */
  public enum Origin {
    /** From Kafka's configuration: unknown and invalid are errors. */
    TRANSLATED,
    /** Only the librdkafka with our corrections has it: unknown is ignored, invalid is an error. */
    PATCHED,
    /** The user wrote librdkafka's name: unknown is ignored as Kafka does, invalid is an error. */
    BARE,
    /** The user wrote {@code librdkafka.} and the name: unknown and invalid are errors. */
    PREFIXED
  }

  private static final int LONGEST_SHOWN = 200;

  /** Whether a property that librdkafka does not know is skipped instead of refused. */
  public boolean isIgnoredWhenUnknown() {
    return origin == Origin.BARE || origin == Origin.PATCHED;
  }

  /**
   * The exception for a value that librdkafka refused. It names the key the user wrote;
   * librdkafka's own text is in the message only when the user wrote librdkafka's name, and always
   * in the cause.
   */
  public ConfigException refused(String librdkafkaMessage) {
    String detail = librdkafkaMessage == null ? "" : librdkafkaMessage.strip();
    String message =
        origin == Origin.TRANSLATED || secret ? "librdkafka does not accept this value" : detail;
    ConfigException failure = new ConfigException(kafkaKey, shownValue(), message);
    if (!secret) {
      failure.initCause(new IllegalArgumentException(detail));
    }
    return failure;
  }

  /** The value as it may be shown: hidden when secret, shortened when long. */
  public String shownValue() {
    if (secret) {
      return "[hidden]";
    }
    return value.length() <= LONGEST_SHOWN ? value : "[" + value.length() + " characters]";
  }

  @Override
  public String toString() {
    return name + "=" + shownValue();
  }
}
