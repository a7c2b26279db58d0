package io.github.rdkafka.internal.producer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.bindings.CriticalCalls;
import io.github.rdkafka.bindings.NativeLibrary;
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
import java.util.Arrays;
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
  private static final long OFFSET = rd_kafka_message_s.offset$offset();
  private static final long OPAQUE = rd_kafka_message_s._private$offset();
  private static final int LOG_APPEND_TIME = RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME();
  private static final int MESSAGES_PER_CALL = 1024;

  /** Sends that are taken one after the other, so that their ways from memory overlap. */
  private static final int TAKEN_TOGETHER = 32;

  private static final boolean RUNS = NativeLibrary.load().has("rd_kafka_message_opaques");

  private static final Duration SENDERS_LEAVE = Duration.ofSeconds(10);

  private final ProducerState state;
  private final Interceptors<?, ?> interceptors;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment messages = arena.allocate(ValueLayout.ADDRESS, MESSAGES_PER_CALL);
  private final MemorySegment timestampType = arena.allocate(ValueLayout.JAVA_INT);
  private final MemorySegment run = arena.allocate(ValueLayout.JAVA_LONG);

  private final SendFuture[] taken = new SendFuture[TAKEN_TOGETHER];
  private int[] slots = new int[MESSAGES_PER_CALL];
  private int slotCount;
  private Completions.Batch batch;

  // Where the last one was taken.
  private SendGroup group;

  // Of the event in hand.
  private long reported;
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
  }

  @Override
  public void onDeliveryReports(MemorySegment event) {
    reported = rd_kafka_event_message_count(event);
    begin(Math.toIntExact(reported));
    long logAppendTime = -1;
    long count = rd_kafka_event_message_array(event, messages, MESSAGES_PER_CALL);
    if (count > 0) {
      logAppendTime = logAppendTime(Memory.address(messages.address()));
    }
    while (count > 0) {
      for (int i = 0; i < count; i++) {
        read(Memory.address(messages.address() + (long) i * Long.BYTES), logAppendTime);
      }
      count = rd_kafka_event_message_array(event, messages, MESSAGES_PER_CALL);
    }
    if (written) {
      state.transactions().delivered();
    }
  }

  private void begin(int sends) {
    batch = state.completions.open(sends);
    slotCount = 0;
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

  /** Reads a message, which may be for neighbours in their partition. */
  private void read(long message, long logAppendTime) {
    long opaques = RUNS ? CriticalCalls.rd_kafka_message_opaques(message, run.address()) : 0;
    long count = opaques == 0 ? 1 : run.get(ValueLayout.JAVA_LONG, 0);
    if (opaques == 0) {
      opaques = message + OPAQUE;
    }
    long offset = Memory.int64(message + OFFSET);
    for (long first = 0; first < count; first += TAKEN_TOGETHER) {
      int together = (int) Math.min(count - first, TAKEN_TOGETHER);
      for (int i = 0; i < together; i++) {
        taken[i] = take(Memory.int64(opaques + (first + i) * Long.BYTES));
      }
      for (int i = 0; i < together; i++) {
        if (taken[i] != null) {
          report(message, taken[i], offset < 0 ? -1 : offset + first + i, logAppendTime);
          taken[i] = null;
        }
      }
    }
  }

  /** The send that a report names, or null. */
  private SendFuture take(long opaque) {
    if (group == null || !PendingSends.isOf(group, opaque)) {
      group = state.pending.find(opaque);
    }
    SendFuture send = group == null ? null : group.take(PendingSends.place(opaque));
    if (send == null) {
      LOG.error("A delivery report for a send that is not pending: {}", opaque);
      return null;
    }
    if (group.isDone()) {
      freeSlot(state.pending.close(group));
      group = null;
    }
    count(send);
    return send;
  }

  private void report(long message, SendFuture send, long offset, long logAppendTime) {
    int error = Memory.int32(message + ERROR);
    if (error == 0) {
      written = true;
      send.delivered(offset, logAppendTime);
    } else {
      send.failed(exception(error, message, send));
    }
    batch.add(send);
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

  private void count(SendFuture send) {
    if (send.partition != partition) {
      settle();
      partition = send.partition;
    }
    chargedToPartition += send.charge;
    charged += send.charge;
    bytes += RecordSizes.inBatch(send.charge);
    largestCharge = Math.max(largestCharge, send.charge);
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

  private void freeSlot(int slot) {
    if (slotCount == slots.length) {
      slots = Arrays.copyOf(slots, slotCount * 2);
    }
    slots[slotCount++] = slot;
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
      state.pending.giveBack(slots, slotCount);
      finish();
    }
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
        SendFuture send = take(next.opaque());
        if (send != null) {
          fail(send, whyRefused(next.error(), send.partition.id));
        }
      }
    } finally {
      state.pending.giveBack(slots, slotCount);
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
    state.pending.drain(
        send -> {
          count(send);
          fail(send, ProducerErrors.closedForcefully());
        });
    finish();
  }
}
