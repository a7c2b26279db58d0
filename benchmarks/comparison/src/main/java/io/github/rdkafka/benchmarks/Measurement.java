package io.github.rdkafka.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What one process measured. The fields that C or a kind of work does not have are null.
 *
 * @param records of the measured phase
 * @param nanos how long it took, on the wall
 * @param cpuNanos user and system time of the whole process in it
 * @param allRecords those of the warm-up too
 * @param allCpuNanos of the process, from its start
 * @param peakRssBytes the most memory that the process had, at any time
 * @param firstMillis from the fork to the first acknowledgement, or the first record read
 * @param gcCount collections in the measured phase
 * @param gcMillis their pauses
 * @param allocatedBytes by all Java threads in the measured phase
 * @param arrayBytes of that, the arrays of keys and values that the user asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measurement(
    long records,
    long nanos,
    long cpuNanos,
    long allRecords,
    long allCpuNanos,
    long peakRssBytes,
    double firstMillis,
    Long gcCount,
    Long gcMillis,
    Long allocatedBytes,
    Long arrayBytes,
    Double p50Micros,
    Double p99Micros,
    Double p999Micros,
    Double maxMicros) {}
