package io.github.rdkafka.internal.producer.transactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TransactionStatesTest {
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  private final TransactionStates states = new TransactionStates("id");
  private final List<Outcome> started = new ArrayList<>();

  private Outcome begin(Transition transition) {
    return states.begin(transition, started::add);
  }

  private void complete(Transition transition) {
    Outcome outcome = begin(transition);
    states.completed(outcome);
    outcome.await(0, "");
  }

  private void beginTransaction() {
    complete(Transition.INITIALIZE);
    states.requireReady();
    states.begun();
  }

  @Test
  void aCallThatTimedOutIsTakenUpAgain() {
    beginTransaction();
    Outcome commit = begin(Transition.COMMIT);
    assertThrows(TimeoutException.class, () -> commit.await(0, "reason"));
    assertSame(commit, begin(Transition.COMMIT));
    assertEquals(2, started.size());
    assertThrows(IllegalStateException.class, () -> begin(Transition.ABORT));
    assertThrows(IllegalStateException.class, states::requireReady);
    states.completed(commit);
    // It is over, but nobody has been told.
    assertThrows(IllegalStateException.class, states::requireReady);
    begin(Transition.COMMIT).await(0, "reason");
    states.requireReady();
  }

  @Test
  void afterAFailureOnlyAnAbortIsAllowed() {
    beginTransaction();
    states.requireTransactionForRecord(PARTITION);
    RecordTooLargeException reason = new RecordTooLargeException("large");
    states.abortable(reason);
    KafkaException refused =
        assertThrows(KafkaException.class, () -> states.requireTransactionForRecord(PARTITION));
    assertSame(reason, refused.getCause());
    assertThrows(KafkaException.class, () -> begin(Transition.COMMIT));
    assertThrows(KafkaException.class, states::requireTransactionForOffsets);
    complete(Transition.ABORT);
    assertNull(states.failure());
    states.requireReady();
  }

  @Test
  void aFatalErrorEndsWhatGoesOnAndWhatComes() {
    beginTransaction();
    Outcome commit = begin(Transition.COMMIT);
    ProducerFencedException fenced = new ProducerFencedException("by another");
    states.fatal(fenced);
    assertSame(fenced, assertThrows(ProducerFencedException.class, () -> commit.await(0, "")));
    states.completed(commit);
    assertEquals(TransactionState.FATAL_ERROR, states.current());
    ProducerFencedException again =
        assertThrows(ProducerFencedException.class, () -> begin(Transition.ABORT));
    assertNotSame(fenced, again);
  }

  @Test
  void anOldEpochCanOnlyBeToldToAbort() {
    beginTransaction();
    states.fatal(new InvalidProducerEpochException("old"));
    assertThrows(
        InvalidProducerEpochException.class, () -> states.requireTransactionForRecord(PARTITION));
    states.abortable(new InvalidProducerEpochException("refused"));
    assertThrows(InvalidProducerEpochException.class, () -> begin(Transition.COMMIT));
    assertThrows(ProducerFencedException.class, () -> begin(Transition.ABORT));
    assertThrows(ProducerFencedException.class, () -> begin(Transition.COMMIT));
  }

  @Test
  void anAbortIsNotDisturbedByRecordsThatFail() {
    beginTransaction();
    Outcome abort = begin(Transition.ABORT);
    states.abortable(new TimeoutException("late"));
    assertEquals(TransactionState.ABORTING_TRANSACTION, states.current());
    states.completed(abort);
    assertEquals(TransactionState.READY, states.current());
  }
}
