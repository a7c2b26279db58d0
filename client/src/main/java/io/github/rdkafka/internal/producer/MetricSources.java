package io.github.rdkafka.internal.producer;

import io.github.rdkafka.internal.metrics.ProducerMetrics;

/** What metrics show of a producer's state. */
record MetricSources(ProducerState state) implements ProducerMetrics.Sources {
  @Override
  public long bufferTotalBytes() {
    return state.budget.total();
  }

  @Override
  public long bufferAvailableBytes() {
    return state.budget.available();
  }

  @Override
  public long waitingThreads() {
    return state.budget.waiting();
  }

  @Override
  public long bufferWaitNanos() {
    return state.budget.waitedNanos();
  }

  @Override
  public long bufferExhausted() {
    return state.budget.exhausted();
  }

  @Override
  public long metadataUpdatedMs() {
    ProducerMetadata metadata = state.metadata();
    return metadata == null ? 0 : metadata.updatedMs();
  }
}
