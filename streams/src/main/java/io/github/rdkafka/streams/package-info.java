/** Kafka Streams on librdkafka. */
package io.github.rdkafka.streams;
