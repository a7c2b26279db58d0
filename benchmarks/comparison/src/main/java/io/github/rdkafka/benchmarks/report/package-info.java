/** From measurements to the page. */
package io.github.rdkafka.benchmarks.report;
