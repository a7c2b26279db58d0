package io.github.rdkafka.benchmarks;

/**
 * What one process came to.
 *
 * @param round from 1; runs of the same cell and round are a pair
 */
public record Run(int round, Contender contender, Measurement measurement) {}
