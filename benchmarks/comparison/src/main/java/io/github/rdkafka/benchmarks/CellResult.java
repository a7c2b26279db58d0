package io.github.rdkafka.benchmarks;

import java.util.List;

/** A cell and its runs, in the order in which they took place. */
public record CellResult(Cell cell, List<Run> runs) {}
