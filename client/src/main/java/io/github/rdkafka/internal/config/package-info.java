/**
 * Kafka's configuration in librdkafka's terms. {@link
 * io.github.rdkafka.internal.config.ProducerConfigTranslator} and {@link
 * io.github.rdkafka.internal.config.ConsumerConfigTranslator} are the doors; what becomes of each
 * key stands in the tables {@code CommonKeys}, {@code TlsKeys}, {@code SaslKeys}, {@code
 * ProducerKeys} and {@code ConsumerKeys}. Pure Java: nothing here calls librdkafka.
 */
package io.github.rdkafka.internal.config;
