/** The same work on kafka-clients, on rdkafka-client and on plain C: what runs, and when. */
package io.github.rdkafka.benchmarks;
