package io.github.rdkafka.internal.config;

/**
 * One librdkafka property.
 *
 * @param kafkaKey the key of the user's configuration that it stems from
 * @param secret whether the value may never be shown
 */
public record NativeProperty(
    String name, String value, String kafkaKey, Origin origin, boolean secret) {
  /** Where a property comes from, which decides what an unknown or invalid one means. */
  public enum Origin {
    TRANSLATED,
    PREFIXED,
    BARE
  }
}
