package io.github.rdkafka.internal.producer.transactions;

/** What a transactional producer can be in; the names appear in Kafka's messages. */
enum TransactionState {
  UNINITIALIZED,
  INITIALIZING,
  READY,
  IN_TRANSACTION,
  COMMITTING_TRANSACTION,
  ABORTING_TRANSACTION,
  ABORTABLE_ERROR,
  FATAL_ERROR;

  boolean mayBecome(TransactionState target) {
    return switch (target) {
      case UNINITIALIZED -> this == READY || this == ABORTABLE_ERROR;
      case INITIALIZING ->
          this == UNINITIALIZED || this == COMMITTING_TRANSACTION || this == ABORTING_TRANSACTION;
      case READY ->
          this == INITIALIZING || this == COMMITTING_TRANSACTION || this == ABORTING_TRANSACTION;
      case IN_TRANSACTION -> this == READY;
      case COMMITTING_TRANSACTION -> this == IN_TRANSACTION;
      case ABORTING_TRANSACTION -> this == IN_TRANSACTION || this == ABORTABLE_ERROR;
      case ABORTABLE_ERROR ->
          this == IN_TRANSACTION
              || this == COMMITTING_TRANSACTION
              || this == ABORTABLE_ERROR
              || this == INITIALIZING;
      case FATAL_ERROR -> true;
    };
  }

  boolean isError() {
    return this == ABORTABLE_ERROR || this == FATAL_ERROR;
  }

  boolean isCompleting() {
    return this == COMMITTING_TRANSACTION || this == ABORTING_TRANSACTION;
  }

  /** Whether the coordinator may know of a transaction that has not ended. */
  boolean isOngoing() {
    return this == IN_TRANSACTION || this == ABORTABLE_ERROR || isCompleting();
  }
}
