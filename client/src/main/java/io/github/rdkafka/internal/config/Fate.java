package io.github.rdkafka.internal.config;

/** What becomes of a key of Kafka's configuration. */
enum Fate {
  /** Becomes one or more librdkafka properties, set by this package. */
  TRANSLATED,
  /** Done in Java by the client, which reads the key itself. */
  JAVA,
  /** Accepted; there is nothing it could influence. */
  NO_EFFECT,
  /** Cannot be honoured: every value but the default is a {@code ConfigException}. */
  REFUSED
}
