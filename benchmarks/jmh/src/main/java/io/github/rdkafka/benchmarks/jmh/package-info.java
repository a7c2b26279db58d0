/** What the pieces of the hot path cost. */
package io.github.rdkafka.benchmarks.jmh;
