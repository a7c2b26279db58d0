package io.github.rdkafka.internal.producer.transactions;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.NativeError;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transactions of one producer, also of one that has none: it refuses the calls then. */
public final class Transactions {
  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  private static final String OFFSETS_TIMEOUT =
      "SendOffsetsToTransaction timed out - did not reach the coordinator or receive the"
          + " TxnOffsetCommit/AddOffsetsToTxn response within max.block.ms";

  /** A begin asks no broker; this long only librdkafka's own thread can keep it waiting. */
  private static final long BEGIN_MILLIS = 30_000;

  /**
   * The configuration's part in it.
   *
   * @param timeoutMs after which the coordinator aborts a transaction by itself
   */
  public record Settings(boolean idempotent, long timeoutMs, long maxBlockMs, long retryBackoffMs) {
    public static Settings of(ProducerConfig config) {
      return new Settings(
          config.getBoolean(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG),
          config.getInt(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
          config.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG),
          config.getLong(ProducerConfig.RETRY_BACKOFF_MS_CONFIG));
    }
  }

  /** Waits for the records that were sent. */
  @FunctionalInterface
  public interface Sends {
    /** Whether the futures of all sends of up to now were done in time. */
    boolean await(Deadline deadline, BooleanSupplier giveUp) throws InterruptedException;
  }

  private final Settings settings;
  private final TransactionStates states;
  private final NativeTransactions natives;
  private final Sends sends;
  private final Executor helpers;
  private final Set<Outcome> open = ConcurrentHashMap.newKeySet();
  private final Object beginning = new Object();
  private CompletableFuture<Void> lastTask = CompletableFuture.completedFuture(null);
  private volatile boolean known;
  private volatile boolean closed;

  /**
   * @param transactionalId null for a producer without transactions
   * @param helpers runs calls that block
   */
  public Transactions(
      String transactionalId,
      Settings settings,
      NativeClient client,
      Executor helpers,
      Sends sends) {
    this.settings = settings;
    this.states = new TransactionStates(transactionalId);
    this.natives = new NativeTransactions(client, settings.retryBackoffMs(), () -> closed);
    this.helpers = helpers;
    this.sends = sends;
  }

  public boolean isTransactional() {
    return states.isTransactional();
  }

  /** Throws for a producer that is not even idempotent: Kafka tells these two apart. */
  public void requireIdempotence() {
    if (!settings.idempotent()) {
      throw new IllegalStateException(
          "Cannot use transactional methods without enabling transactions by setting the "
              + ProducerConfig.TRANSACTIONAL_ID_CONFIG
              + " configuration property");
    }
  }

  public void initialize() {
    await(Transition.INITIALIZE, this::runInitialization);
  }

  public void commit() {
    await(Transition.COMMIT, this::runCommit);
  }

  public void abort() {
    LOG.info("Aborting incomplete transaction");
    await(Transition.ABORT, this::runAbort);
  }

  private void await(Transition transition, Consumer<Outcome> task) {
    states
        .begin(transition, outcome -> submit(outcome, task))
        .await(settings.maxBlockMs(), transition.timeoutReason);
  }

  public void begin() {
    // Two at once would both find the producer ready.
    synchronized (beginning) {
      states.requireReady();
      Outcome outcome = new Outcome("BeginTransaction");
      submit(outcome, this::runBegin);
      if (!outcome.awaitUninterruptibly(Deadline.afterMillis(BEGIN_MILLIS))) {
        states.fatal(new KafkaException("librdkafka does not answer"));
      }
      states.begun();
    }
  }

  public void sendOffsets(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    states.requireTransactionForOffsets();
    Map<TopicPartition, OffsetAndMetadata> copy = Map.copyOf(offsets);
    Outcome outcome = new Outcome("TxnOffsetCommitHandler");
    submit(outcome, pending -> runOffsets(pending, copy, group));
    outcome.await(settings.maxBlockMs(), OFFSETS_TIMEOUT);
  }

  /** Throws unless a record may be sent to {@code partition} now. */
  public void requireTransaction(TopicPartition partition) {
    states.requireTransactionForRecord(partition);
  }

  /** A record has been written: the coordinator knows of the transaction. */
  public void delivered() {
    if (!known) {
      known = true;
    }
  }

  /** A record of the transaction was refused or not delivered. */
  public void sendFailed(RuntimeException failure) {
    if (TransactionErrors.isFatal(failure)) {
      states.fatal(failure);
    } else {
      states.abortable(TransactionErrors.abortable(failure));
    }
  }

  /** As {@link #sendFailed}, on the event loop. */
  public void deliveryFailed(RuntimeException failure) {
    try {
      sendFailed(failure);
    } catch (IllegalStateException noTransaction) {
      LOG.debug("A record has failed outside of a transaction", noTransaction);
    }
  }

  /** Why librdkafka has thrown out a record that it had not sent yet. */
  public RuntimeException reasonOfPurge(TopicPartition partition) {
    RuntimeException failure = states.failure();
    if (failure != null) {
      return TransactionErrors.ofRecord(failure);
    }
    if (states.current() == TransactionState.IN_TRANSACTION
        || states.current() == TransactionState.COMMITTING_TRANSACTION) {
      NativeError error = natives.failureOfTransaction();
      if (error != null) {
        RuntimeException reason = TransactionErrors.ofTransaction(error, partition);
        settle(error, reason);
        return TransactionErrors.ofRecord(reason);
      }
    }
    return new TransactionAbortedException();
  }

  /**
   * Throws what is to be thrown when librdkafka does not take a record because of the state it is
   * in, which it may know better than we do.
   *
   * @param fatal librdkafka's fatal error, or null
   */
  public void throwRefusal(NativeError fatal, TopicPartition partition) {
    if (fatal != null) {
      failed(fatal);
    }
    states.requireTransactionForRecord(partition);
    reasonOfPurge(partition);
    states.requireTransactionForRecord(partition);
  }

  /** librdkafka can do nothing any more. */
  public void failed(NativeError fatal) {
    if (states.current() == TransactionState.FATAL_ERROR) {
      return;
    }
    states.fatal(
        states.current() == TransactionState.INITIALIZING
            ? TransactionErrors.ofInitialization(fatal)
            : TransactionErrors.ofFatal(fatal));
  }

  /** Brokers refuse who this client says it is: who waits for the first answer waits in vain. */
  public void authenticationFailed(RuntimeException failure) {
    if (states.current() == TransactionState.INITIALIZING) {
      states.fatal(failure);
    }
  }

  /**
   * Ends what has been begun, before the producer is closed: waits for a commit or an abort, aborts
   * an open transaction.
   *
   * @return false when that failed, or was not done in time
   */
  public boolean finish(Deadline deadline, BooleanSupplier giveUp) throws InterruptedException {
    // After its own timeout there is no transaction left to abort.
    Deadline limit = deadline.orAfterMillis(settings.timeoutMs());
    while (states.current().isOngoing()) {
      Outcome outcome = states.pending();
      if (outcome == null) {
        try {
          LOG.info("Aborting incomplete transaction due to shutdown");
          outcome = states.begin(Transition.ABORT, begun -> submit(begun, this::runAbort));
        } catch (RuntimeException refused) {
          LOG.error("Error while aborting a transaction during closing: ", refused);
          return false;
        }
      }
      if (!outcome.awaitEnd(limit, giveUp)) {
        return false;
      }
    }
    return true;
  }

  /** Lets no call go on, and whoever waits for one go. */
  public void close() {
    closed = true;
    open.forEach(outcome -> outcome.fail(NativeTransactions.closedForcefully()));
  }

  /** Runs one task after the other. */
  private synchronized void submit(Outcome outcome, Consumer<Outcome> task) {
    open.add(outcome);
    lastTask =
        lastTask
            .exceptionally(earlierTaskNotStarted -> null)
            .thenRunAsync(() -> run(outcome, task), helpers)
            .whenComplete((done, notStarted) -> endUnlessStarted(outcome, notStarted));
    if (closed) {
      outcome.fail(NativeTransactions.closedForcefully());
    }
  }

  private void run(Outcome outcome, Consumer<Outcome> task) {
    try {
      task.accept(outcome);
    } catch (Throwable unexpected) {
      fail(outcome, unexpected);
    } finally {
      open.remove(outcome);
    }
  }

  /** The helpers take no more tasks, or there was no thread to be had. */
  private void endUnlessStarted(Outcome outcome, Throwable notStarted) {
    if (notStarted != null) {
      open.remove(outcome);
      fail(outcome, notStarted);
    }
  }

  private void fail(Outcome outcome, Throwable unexpected) {
    RuntimeException reason =
        unexpected instanceof RuntimeException exception
            ? exception
            : new KafkaException(unexpected);
    if (!closed) {
      LOG.error("Unexpected error in a transactional call", unexpected);
    }
    states.fatal(reason);
    outcome.fail(reason);
  }

  private void runInitialization(Outcome outcome) {
    complete(outcome, natives.initialize(), TransactionErrors::ofInitialization);
  }

  private void runBegin(Outcome outcome) {
    known = false;
    NativeError error = natives.begin();
    if (error == null) {
      outcome.succeed();
    } else {
      failed(outcome, error, TransactionErrors.ofFatal(error));
    }
  }

  private void runOffsets(
      Outcome outcome,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata group) {
    RuntimeException failure = states.failure();
    if (failure != null) {
      outcome.fail(failure);
      return;
    }
    if (states.current() == TransactionState.ABORTING_TRANSACTION) {
      outcome.fail(new TransactionAbortedException());
      return;
    }
    NativeError error = natives.sendOffsets(offsets, group);
    if (error == null) {
      known = true;
      outcome.succeed();
    } else {
      failed(outcome, error, TransactionErrors.ofOffsets(error, group.groupId()));
    }
  }

  /** All callbacks have run before the transaction is committed, as with Kafka. */
  private void runCommit(Outcome outcome) {
    awaitSends(() -> false);
    RuntimeException failure = states.failure();
    if (failure != null) {
      outcome.fail(failure);
      return;
    }
    complete(outcome, natives.commit(), TransactionErrors::ofEnd);
  }

  /**
   * librdkafka asks the coordinator to abort also what the coordinator has not accepted yet, as
   * while it completes the transaction before, and cannot go on when that is refused. Hence a
   * record is let through first.
   */
  private void runAbort(Outcome outcome) {
    awaitSends(() -> known);
    NativeError error = natives.abort();
    if (error != null && error.requiresAbort() && !error.fatal()) {
      // An abort that asks for an abort would go round in circles.
      RuntimeException reason = TransactionErrors.ofEnd(error);
      states.fatal(reason);
      outcome.fail(reason);
      return;
    }
    complete(outcome, error, TransactionErrors::ofEnd);
  }

  private void complete(
      Outcome outcome, NativeError error, Function<NativeError, RuntimeException> toException) {
    if (error == null) {
      awaitSends(() -> false);
      states.completed(outcome);
    } else {
      RuntimeException known = states.failure();
      boolean told = error.requiresAbort() || states.current() == TransactionState.FATAL_ERROR;
      failed(outcome, error, known != null && told ? known : toException.apply(error));
    }
  }

  private void failed(Outcome outcome, NativeError error, RuntimeException reason) {
    LOG.debug("librdkafka: {} ({})", error.message(), error.code());
    settle(error, reason);
    outcome.fail(reason);
  }

  /** What cannot be aborted, with Kafka at least, or should not have happened, is the end. */
  private void settle(NativeError error, RuntimeException reason) {
    if (error.requiresAbort() && !error.fatal() && !TransactionErrors.isFatal(reason)) {
      states.abortable(reason);
    } else {
      states.fatal(reason);
    }
  }

  /** Until their callbacks have run; whoever made this call stops waiting when it likes. */
  private void awaitSends(BooleanSupplier enough) {
    try {
      Deadline never = Deadline.afterMillis(Long.MAX_VALUE);
      if (!sends.await(never, () -> closed || enough.getAsBoolean()) && closed) {
        throw NativeTransactions.closedForcefully();
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new KafkaException(interrupt);
    }
  }
}
