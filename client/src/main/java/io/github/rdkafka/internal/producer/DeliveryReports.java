package io.github.rdkafka.internal.producer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.bindings.CriticalCalls;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_message_s;
import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.natives.EventHandler;
import io.github.rdkafka.internal.natives.EventLoop;
import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.Memory;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.NativeError;
import io.github.rdkafka.internal.producer.Refusals.Refusal;
import io.github.rdkafka.internal.producer.transactions.Transactions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the producer does on its event loop: reads delivery reports, gives slots and memory back,
 * runs callbacks, and has futures completed.
 */
final class DeliveryReports implements EventHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryReports.class);

  private static final long ERROR = rd_kafka_message_s.err$offset();
  private static final int LOG_APPEND_TIME = RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME();
  private static final int MESSAGES_PER_CALL = 1024;

  private static final Duration SENDERS_LEAVE = Duration.ofSeconds(10);

  private final ProducerState state;
  private final Interceptors<?, ?> interceptors;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment messages = arena.allocate(ValueLayout.ADDRESS, MESSAGES_PER_CALL);
  private final MemorySegment timestampType = arena.allocate(ValueLayout.JAVA_INT);
  private final ReportedSends reportedSends;
  private Completions.Batch batch;

  // Of the event in hand.
  private long reported;
  private long logAppendTime;
  private long charged;
  private Partition partition;
  private long chargedToPartition;
  private int sent;
  private int failed;
  private int unsent;
  private long bytes;
  private int largestCharge;
  private boolean written;
  private int lastError;
  private RuntimeException lastException;

  DeliveryReports(ProducerState state, Interceptors<?, ?> interceptors) {
    this.state = state;
    this.interceptors = interceptors;
    this.reportedSends = new ReportedSends(state.pending, this::report);
  }

  @Override
  public void onDeliveryReports(MemorySegment event) {
    reported = rd_kafka_event_message_count(event);
    begin(Math.toIntExact(reported));
    long count = rd_kafka_event_message_array(event, messages, MESSAGES_PER_CALL);
    if (count > 0) {
      logAppendTime = logAppendTime(Memory.address(messages.address()));
    }
    while (count > 0) {
      for (int i = 0; i < count; i++) {
        reportedSends.read(Memory.address(messages.address() + (long) i * Long.BYTES));
      }
      reportedSends.flush();
      count = rd_kafka_event_message_array(event, messages, MESSAGES_PER_CALL);
    }
    if (written) {
      state.transactions().delivered();
    }
  }

  private void begin(int sends) {
    batch = state.completions.open(sends);
    logAppendTime = -1;
    charged = 0;
    chargedToPartition = 0;
    partition = null;
    written = false;
    lastError = 0;
    lastException = null;
    beginBatch();
  }

  /** One time for the whole event, or -1 when the records keep their own. */
  private long logAppendTime(long message) {
    long time = CriticalCalls.rd_kafka_message_timestamp(message, timestampType.address());
    boolean appended = timestampType.get(ValueLayout.JAVA_INT, 0) == LOG_APPEND_TIME;
    return appended ? time : -1;
  }

  private void report(SendFuture send, int charge, long message, long offset) {
    batch.add(send);
    count(send, charge);
    int error = Memory.int32(message + ERROR);
    if (error == 0) {
      written = true;
      send.delivered(offset, logAppendTime);
    } else {
      send.failed(exception(error, message, send));
    }
    if (error == 0) {
      sent++;
    } else {
      countFailure(error, message);
    }
  }

  /** A record counts as sent if a broker may have seen it. */
  private void countFailure(int error, long message) {
    failed++;
    boolean seen =
        error > 0
            || rd_kafka_message_status(MemorySegment.ofAddress(message))
                != RD_KAFKA_MSG_STATUS_NOT_PERSISTED();
    sent += seen ? 1 : 0;
    unsent += seen ? 0 : 1;
  }

  private void count(SendFuture send, int charge) {
    if (send.partition != partition) {
      settle();
      partition = send.partition;
    }
    chargedToPartition += charge;
    charged += charge;
    bytes += RecordSizes.inBatch(charge);
    largestCharge = Math.max(largestCharge, charge);
  }

  private void settle() {
    if (partition != null) {
      long nowMs = System.currentTimeMillis();
      partition.done(chargedToPartition, nowMs);
      chargedToPartition = 0;
      count(nowMs);
    }
  }

  private void count(long nowMs) {
    if (partition.metrics == null) {
      partition.metrics = state.metrics.topic(partition.id.topic());
    }
    int largest = RecordSizes.upperBoundOf(largestCharge);
    state.metrics.batch(partition.metrics, sent, failed, unsent, bytes, largest, nowMs);
    beginBatch();
  }

  private void beginBatch() {
    sent = 0;
    failed = 0;
    unsent = 0;
    bytes = 0;
    largestCharge = 0;
  }

  /** The same exception for all records of an event that failed for the same reason. */
  private RuntimeException exception(int error, long address, SendFuture send) {
    if (error != lastError) {
      lastException = newException(error, MemorySegment.ofAddress(address), send);
      lastError = error;
    }
    return lastException;
  }

  private RuntimeException newException(int error, MemorySegment message, SendFuture send) {
    if (error == RD_KAFKA_RESP_ERR__MSG_TIMED_OUT()) {
      long elapsedMs = rd_kafka_message_latency(message) / 1000;
      RuntimeException expired = ProducerErrors.expired(reported, send.partition.id, elapsedMs);
      failTransaction(expired);
      return expired;
    }
    if (ProducerErrors.isPurge(error)) {
      return state.purged(send.partition.id);
    }
    if (ProducerErrors.isUnknownPartition(error)) {
      state.metadata().expire(send.partition.id.topic());
    }
    RuntimeException failure = ProducerErrors.undelivered(error, send.partition.id);
    failTransaction(failure);
    return failure;
  }

  /** Before anybody is told of the record: no commit may succeed any more. */
  private void failTransaction(RuntimeException failure) {
    Transactions transactions = state.transactions();
    if (transactions.isTransactional()) {
      transactions.deliveryFailed(failure);
    }
  }

  @Override
  public void afterDeliveryReports() {
    if (batch != null) {
      reportedSends.forget(this::addUnread);
      reportedSends.giveSlotsBack();
      finish();
    }
  }

  private void addUnread(SendFuture send) {
    batch.add(send);
    count(send, send.charge);
    failed++;
  }

  /** Room for other senders first, then the callbacks, then the futures: Kafka's order. */
  private void finish() {
    Completions.Batch done = batch;
    batch = null;
    state.completions.seal(done);
    settle();
    state.budget.release(charged);
    try {
      for (int i = 0; i < done.size(); i++) {
        done.get(i).callBack(interceptors);
      }
    } finally {
      state.completions.submit(done);
    }
  }

  @Override
  public void onError(int code, String message, boolean fatal) {
    ProducerMetadata metadata = state.metadata();
    if (code == RD_KAFKA_RESP_ERR__AUTHENTICATION() || code == RD_KAFKA_RESP_ERR__SSL()) {
      state.metrics.authenticationFailed();
      LOG.error("{}: {}", state.clientId, message);
      if (metadata != null) {
        RuntimeException refused = KafkaErrors.exception(code, message);
        metadata.connectionFailed(refused);
        state.transactions().authenticationFailed(refused);
      }
    } else if (fatal) {
      LOG.error("{}: fatal error, no further record is accepted: {}", state.clientId, message);
      onFatalError();
    } else {
      LOG.warn("{}: {}", state.clientId, message);
    }
  }

  private void onFatalError() {
    NativeClient client = state.client();
    NativeError fatal = client == null ? null : client.fatalError();
    if (fatal != null) {
      state.transactions().failed(fatal);
    }
  }

  @Override
  public void onStatistics(byte[] json, int length) {
    state.metrics.statistics(json, length);
  }

  @Override
  public int pollMillis() {
    RecordAccumulator accumulator = state.accumulator();
    return accumulator == null ? EventLoop.POLL_MILLIS : accumulator.visitWithinMillis();
  }

  @Override
  public void onIdle() {
    RecordAccumulator accumulator = state.accumulator();
    if (accumulator != null) {
      accumulator.visit();
    }
    if (!state.refusals.isEmpty()) {
      failRefused();
    }
    state.completions.checkStall();
    state.clientMetrics.roll();
  }

  private void failRefused() {
    begin(1);
    try {
      for (Refusal next = state.refusals.poll(); next != null; next = state.refusals.poll()) {
        SendFuture send = reportedSends.take(next.opaque());
        if (send != null) {
          fail(send, whyRefused(next.error(), send.partition.id));
        }
      }
    } finally {
      reportedSends.giveSlotsBack();
      finish();
    }
  }

  private RuntimeException whyRefused(int error, TopicPartition partition) {
    try {
      return state.refusals.exception(error, partition);
    } catch (RuntimeException unexpected) {
      return unexpected;
    }
  }

  private void fail(SendFuture unsentRecord, RuntimeException failure) {
    count(unsentRecord, unsentRecord.charge);
    unsentRecord.failed(failure);
    batch.add(unsentRecord);
    failed++;
    unsent++;
  }

  /** What librdkafka has not reported on until now it never will. */
  @Override
  public void onStopped() {
    if (!state.awaitSenders(Deadline.after(SENDERS_LEAVE))) {
      LOG.error("{}: a sender is stuck inside librdkafka", state.clientId);
    }
    begin(1);
    state.pending.drain(send -> fail(send, ProducerErrors.closedForcefully()));
    finish();
  }
}
