package io.github.rdkafka.internal.producer.transactions;

/** The calls that lead from one state to another and have to be repeated when they time out. */
enum Transition {
  INITIALIZE(
      "initTransactions",
      "InitProducerId",
      "InitTransactions timed out - did not complete coordinator discovery or receive the"
          + " InitProducerId response within max.block.ms.",
      TransactionState.INITIALIZING),
  COMMIT(
      "commitTransaction",
      "EndTxn(true)",
      "CommitTransaction timed out - did not complete EndTxn with the transaction coordinator"
          + " within max.block.ms",
      TransactionState.COMMITTING_TRANSACTION),
  ABORT(
      "abortTransaction",
      "EndTxn(false)",
      "AbortTransaction timed out - did not complete EndTxn(abort) with the transaction coordinator"
          + " within max.block.ms",
      TransactionState.ABORTING_TRANSACTION);

  /** The user's method. */
  final String method;

  /** What Kafka says is awaited. */
  final String request;

  /** What Kafka adds when waiting takes too long. */
  final String timeoutReason;

  /** The state while it goes on. */
  final TransactionState state;

  Transition(String method, String request, String timeoutReason, TransactionState state) {
    this.method = method;
    this.request = request;
    this.timeoutReason = timeoutReason;
    this.state = state;
  }
}
