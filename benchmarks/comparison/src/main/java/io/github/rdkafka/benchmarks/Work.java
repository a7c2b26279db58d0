package io.github.rdkafka.benchmarks;

/** What a cell measures. */
public enum Work {
  /** As many records as go. */
  PRODUCE,
  /** A fixed rate; how long until the acknowledgement. */
  LATENCY,
  /** A topic that is full before, several times from its beginning. */
  CONSUME
}
