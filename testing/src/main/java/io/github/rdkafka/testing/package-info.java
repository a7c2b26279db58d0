/**
 * Real Kafka for tests: {@link io.github.rdkafka.testing.KafkaCluster} forks one to three brokers
 * on this machine, {@link io.github.rdkafka.testing.KafkaClusterTest} and {@link
 * io.github.rdkafka.testing.KafkaClusterExtension} hand them to JUnit tests. {@link
 * io.github.rdkafka.testing.MockClusterTest} does the same for librdkafka's mock cluster.
 */
package io.github.rdkafka.testing;
