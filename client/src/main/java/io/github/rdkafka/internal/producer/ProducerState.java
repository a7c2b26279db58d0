package io.github.rdkafka.internal.producer;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.metrics.ClientMetrics;
import io.github.rdkafka.internal.metrics.ProducerMetrics;
import io.github.rdkafka.internal.natives.Gate;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.producer.transactions.Transactions;
import java.util.concurrent.ExecutorService;
import org.apache.kafka.common.TopicPartition;

/** What the parts of one producer share. */
final class ProducerState {
  final String clientId;
  final MemoryBudget budget;
  final PendingSends pending = new PendingSends();
  final ProduceCalls calls = new ProduceCalls();
  final Refusals refusals = new Refusals(this);
  final ExecutorService helpers;
  final Completions completions;
  final ClientMetrics clientMetrics;
  final ProducerMetrics metrics;

  private volatile NativeClient client;
  private volatile Gate senders;
  private volatile RecordAccumulator accumulator;
  private volatile ProducerMetadata metadata;
  private volatile Transactions transactions;
  private volatile boolean closed;

  ProducerState(
      String clientId,
      MemoryBudget budget,
      ClientMetrics clientMetrics,
      ProducerMetrics.Settings metricSettings) {
    this.clientId = clientId;
    this.budget = budget;
    this.helpers = Helpers.newExecutor(clientId);
    this.completions = new Completions(helpers);
    this.clientMetrics = clientMetrics;
    this.metrics = new ProducerMetrics(clientMetrics, metricSettings, new MetricSources(this));
  }

  /**
   * Adds what there is only after the event loop has begun to run.
   *
   * @param accumulate whether records may be gathered
   */
  void opened(
      NativeClient newClient,
      ProducerMetadata newMetadata,
      Transactions newTransactions,
      boolean accumulate) {
    metadata = newMetadata;
    transactions = newTransactions;
    senders = newClient.newGate();
    newClient.own(calls);
    if (accumulate) {
      accumulator = newClient.own(new RecordAccumulator(newClient, pending, refusals));
    }
    client = newClient;
  }

  /** Null until the producer has been constructed. */
  NativeClient client() {
    return client;
  }

  /** Whoever hands a record to librdkafka is inside; null until the producer is constructed. */
  Gate senders() {
    return senders;
  }

  /** Null until the producer is constructed, and when every record goes to librdkafka at once. */
  RecordAccumulator accumulator() {
    return accumulator;
  }

  /** Null until the producer has been constructed. */
  ProducerMetadata metadata() {
    return metadata;
  }

  /** Null until the producer has been constructed. */
  Transactions transactions() {
    return transactions;
  }

  boolean isClosed() {
    return closed;
  }

  /** Refuses new records and releases those who wait to hand one over. */
  void refuseSends() {
    closed = true;
    budget.close();
    metadata.close();
    senders.close();
    if (accumulator != null) {
      accumulator.refuse();
    }
  }

  /** Waits until no sender is between "not closed" and its slot; false when time is up. */
  boolean awaitSenders(Deadline deadline) {
    return senders.awaitEmpty(deadline)
        && (accumulator == null || accumulator.awaitEmpty(deadline));
  }

  /**
   * Hands over to librdkafka whatever has been sent; false if that takes unreasonably long. Whoever
   * sends something past the accumulator must call it before.
   */
  boolean handOverRecords() {
    return accumulator == null || accumulator.flush();
  }

  void throwIfClosed() {
    if (closed) {
      throw new IllegalStateException("Cannot perform operation after producer has been closed");
    }
  }

  /** What a record is told that was thrown out of librdkafka's queues. */
  RuntimeException purged(TopicPartition partition) {
    return closed ? ProducerErrors.closedForcefully() : transactions.reasonOfPurge(partition);
  }
}
