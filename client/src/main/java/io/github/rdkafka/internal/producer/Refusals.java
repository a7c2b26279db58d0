package io.github.rdkafka.internal.producer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.Memory;
import io.github.rdkafka.internal.natives.NativeError;
import io.github.rdkafka.internal.producer.transactions.Transactions;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;

/**
 * Records that librdkafka did not take after {@code send} had returned: they fail like those that
 * were not delivered, on the event loop.
 */
final class Refusals implements PackedRecords.RefusalListener {
  /**
   * One of them.
   *
   * @param error librdkafka's code
   */
  record Refusal(long opaque, int error) {}

  private final ProducerState state;
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();

  Refusals(ProducerState state) {
    this.state = state;
  }

  @Override
  public void refused(long opaque, int error) {
    refusals.add(new Refusal(opaque, error));
    state.client().loop().wake();
  }

  boolean isEmpty() {
    return refusals.isEmpty();
  }

  /** The next one, or null. */
  Refusal poll() {
    return refusals.poll();
  }

  /** Why one of them was not taken; the transaction that it belongs to has failed. */
  RuntimeException exception(int code, TopicPartition partition) {
    Transactions transactions = state.transactions();
    boolean fatal = code == RD_KAFKA_RESP_ERR__FATAL();
    if ((fatal || code == RD_KAFKA_RESP_ERR__STATE()) && transactions.isTransactional()) {
      // As if it had been taken just before, and thrown out again.
      NativeError failure = fatal ? state.client().fatalError() : null;
      if (failure != null) {
        transactions.failed(failure);
      }
      return state.purged(partition);
    }
    String message = Memory.string(rd_kafka_err2str(code));
    RuntimeException failure =
        exception(new NativeError(code, message, fatal, false, false), partition);
    if (failure instanceof ApiException && transactions.isTransactional()) {
      transactions.deliveryFailed(failure);
    }
    return failure;
  }

  /**
   * Why a record was not taken.
   *
   * @throws RuntimeException when the transaction's state tells why
   */
  RuntimeException exception(NativeError error, TopicPartition partition) {
    int code = error.code();
    if (ProducerErrors.isUnknownPartition(code)) {
      state.metadata().expire(partition.topic());
    }
    Transactions transactions = state.transactions();
    boolean byState = code == RD_KAFKA_RESP_ERR__STATE() || error.fatal();
    if (byState && transactions.isTransactional()) {
      transactions.throwRefusal(error.fatal() ? state.client().fatalError() : null, partition);
    }
    return ProducerErrors.refused(state.client(), error, partition);
  }
}
