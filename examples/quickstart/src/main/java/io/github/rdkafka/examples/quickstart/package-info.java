/**
 * A million records through {@code RdKafkaProducer} and {@code RdKafkaConsumer}, every one
 * verified, the same through kafka-clients, in turn for some rounds, and a table that compares the
 * two. Start reading at {@link io.github.rdkafka.examples.quickstart.Quickstart}.
 */
package io.github.rdkafka.examples.quickstart;
