/** What runs in the JVM that one run has to itself. */
package io.github.rdkafka.benchmarks.worker;
