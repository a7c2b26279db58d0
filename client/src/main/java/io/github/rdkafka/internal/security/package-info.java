/**
 * What Kafka's Java code does for TLS and SASL and OpenSSL and librdkafka need in another shape:
 * stores as PEM, names of cipher suites, JAAS options, and users' callback handlers.
 */
package io.github.rdkafka.internal.security;
