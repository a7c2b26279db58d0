package io.github.rdkafka.internal.producer.transactions;

import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What may be called when: Kafka's states, and the words in which it refuses the rest. */
final class TransactionStates {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionStates.class);

  private record Pending(Transition transition, Outcome outcome) {}

  private final String transactionalId;
  private TransactionState current = TransactionState.UNINITIALIZED;
  private RuntimeException lastError;
  private Pending pending;
  private boolean initialized;
  private volatile boolean inTransaction;

  /**
   * @param transactionalId null for a producer without transactions
   */
  TransactionStates(String transactionalId) {
    this.transactionalId = transactionalId;
  }

  /**
   * Starts a transition, or finds the one that the caller has stopped waiting for before.
   *
   * @param start is to bring about the outcome without waiting for it
   */
  synchronized Outcome begin(Transition transition, Consumer<Outcome> start) {
    if (transition == Transition.INITIALIZE) {
      throwIfFailed();
    }
    requireTransactional();
    if (pending != null && pending.transition == transition && !pending.outcome.isSeen()) {
      return pending.outcome;
    }
    throwIfPending(transition.method);
    if (transition == Transition.ABORT
        && current == TransactionState.FATAL_ERROR
        && lastError instanceof InvalidProducerEpochException) {
      lastError = asAnAbortLearnsIt(lastError);
      throw lastError;
    }
    if (transition != Transition.ABORT || current != TransactionState.ABORTABLE_ERROR) {
      throwIfFailed();
    }
    moveTo(transition.state);
    Outcome outcome = new Outcome(transition.request);
    pending = new Pending(transition, outcome);
    start.accept(outcome);
    return outcome;
  }

  /** A transition has reached its end: the next transaction may begin. */
  synchronized void completed(Outcome outcome) {
    if (current == TransactionState.FATAL_ERROR) {
      outcome.fail(lastError);
      return;
    }
    set(TransactionState.READY, null);
    initialized = true;
    outcome.succeed();
  }

  synchronized void requireReady() {
    requireTransactional();
    throwIfPending("beginTransaction");
    throwIfFailed();
    requireMove(TransactionState.IN_TRANSACTION);
  }

  synchronized void begun() {
    throwIfFailed();
    moveTo(TransactionState.IN_TRANSACTION);
  }

  synchronized void requireTransactionForOffsets() {
    requireTransactional();
    throwIfPending("sendOffsetsToTransaction");
    throwIfFailed();
    if (current != TransactionState.IN_TRANSACTION) {
      throw new IllegalStateException(
          "Cannot send offsets if a transaction is not in progress (currentState= "
              + current
              + ")");
    }
  }

  /** Throws unless a record may be sent now. */
  void requireTransactionForRecord(TopicPartition partition) {
    if (!inTransaction) {
      refuseRecord(partition);
    }
  }

  private synchronized void refuseRecord(TopicPartition partition) {
    throwIfFailed();
    throwIfPending("send");
    if (!initialized) {
      throw new IllegalStateException(
          "Cannot add partition "
              + partition
              + " to transaction before completing a call to initTransactions");
    }
    if (current != TransactionState.IN_TRANSACTION) {
      throw new IllegalStateException(
          "Cannot add partition " + partition + " to transaction while in state  " + current);
    }
  }

  /** The transaction cannot be committed any more. */
  synchronized void abortable(RuntimeException reason) {
    if (current == TransactionState.ABORTING_TRANSACTION
        || current == TransactionState.FATAL_ERROR) {
      LOG.debug("A transaction that cannot be committed anyway has failed", reason);
      return;
    }
    requireMove(TransactionState.ABORTABLE_ERROR);
    LOG.info("Transiting to abortable error state due to {}", reason.toString());
    set(TransactionState.ABORTABLE_ERROR, reason);
  }

  /** Nothing but a close is possible any more. */
  synchronized void fatal(RuntimeException cause) {
    RuntimeException reason =
        current == TransactionState.ABORTING_TRANSACTION ? asAnAbortLearnsIt(cause) : cause;
    LOG.info("Transiting to fatal error state due to {}", reason.toString());
    set(TransactionState.FATAL_ERROR, reason);
    if (pending != null) {
      pending.outcome.fail(reason);
    }
  }

  /** An old epoch can still be told to abort, to which the coordinator answers who is fenced. */
  private static RuntimeException asAnAbortLearnsIt(RuntimeException failure) {
    return failure instanceof InvalidProducerEpochException ? TransactionErrors.fenced() : failure;
  }

  synchronized TransactionState current() {
    return current;
  }

  /** What led to the present error state; null in any other. */
  synchronized RuntimeException failure() {
    return current.isError() ? lastError : null;
  }

  /** The transition that goes on; null when there is none. */
  synchronized Outcome pending() {
    return pending == null || pending.outcome.isOver() ? null : pending.outcome;
  }

  boolean isTransactional() {
    return transactionalId != null;
  }

  private void requireTransactional() {
    if (!isTransactional()) {
      throw new IllegalStateException(
          "Transactional method invoked on a non-transactional producer.");
    }
  }

  private void throwIfPending(String method) {
    if (pending == null) {
      return;
    }
    if (!pending.outcome.isSeen()) {
      throw new IllegalStateException(
          "Cannot attempt operation `"
              + method
              + "` because the previous call to `"
              + pending.transition.method
              + "` timed out and must be retried");
    }
    pending = null;
  }

  /** New exceptions, with the trace of the call that they refuse; Kafka adds id and epoch. */
  private void throwIfFailed() {
    if (!current.isError()) {
      return;
    }
    if (lastError instanceof ProducerFencedException) {
      throw new ProducerFencedException(
          "Producer with transactionalId '"
              + transactionalId
              + "' has been fenced by another producer with the same transactionalId");
    }
    if (lastError instanceof InvalidProducerEpochException) {
      throw new InvalidProducerEpochException(
          "Producer with transactionalId '"
              + transactionalId
              + "' attempted to produce with an old epoch");
    }
    throw new KafkaException(
        "Cannot execute transactional method because we are in an error state", lastError);
  }

  private void moveTo(TransactionState target) {
    requireMove(target);
    set(target, null);
  }

  private void requireMove(TransactionState target) {
    if (!current.mayBecome(target)) {
      throw new IllegalStateException(
          "TransactionalId "
              + transactionalId
              + ": Invalid transition attempted from state "
              + current
              + " to state "
              + target);
    }
  }

  private void set(TransactionState target, RuntimeException error) {
    LOG.debug("Transition from state {} to {}", current, target);
    current = target;
    lastError = error;
    inTransaction = target == TransactionState.IN_TRANSACTION;
  }
}
