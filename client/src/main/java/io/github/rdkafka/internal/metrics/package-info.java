/**
 * Kafka's metrics of a client, under Kafka's names: counters that the client's halves feed, and
 * what librdkafka's statistics tell. Nothing here touches native memory.
 */
package io.github.rdkafka.internal.metrics;
