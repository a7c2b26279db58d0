package io.github.rdkafka.internal.producer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The result of one {@code send}, and all that is remembered of the record until it is known. Only
 * the producer completes it.
 *
 * <p>Until {@link SendGroup#add}, it belongs to the sending thread; from its delivery report on to
 * the event loop, and at last to the thread that completes it.
 */
final class SendFuture extends CompletableFuture<RecordMetadata> {
  private static final Logger LOG = LoggerFactory.getLogger(SendFuture.class);

  private static final int NO_SIZE = -1;

  /** What is given back to the budget. */
  int charge;

  Partition partition;

  private int keySize;
  private int valueSize;
  private long timestamp;
  private Callback callback;
  private Headers headers;
  private Object outcome;

  /**
   * Says what it is the result of.
   *
   * @param charge what the budget has given
   * @param key null for none
   * @param value null for none
   * @param callback null for none
   * @param headers what interceptors are to see at the end; null when there are none
   * @return this
   */
  SendFuture of(
      Partition partition,
      int charge,
      byte[] key,
      byte[] value,
      long timestamp,
      Callback callback,
      Headers headers) {
    this.partition = partition;
    this.charge = charge;
    this.keySize = key == null ? NO_SIZE : key.length;
    this.valueSize = value == null ? NO_SIZE : value.length;
    this.timestamp = timestamp;
    this.callback = callback;
    this.headers = headers;
    return this;
  }

  /** A future that has failed already. */
  static SendFuture ofFailure(Exception exception) {
    SendFuture future = new SendFuture();
    future.outcome = exception;
    future.complete();
    return future;
  }

  /**
   * @param offset -1 when the broker does not tell
   * @param logAppendTime -1 when the record keeps its own timestamp
   */
  void delivered(long offset, long logAppendTime) {
    outcome =
        new RecordMetadata(
            partition.id,
            offset,
            0,
            logAppendTime == -1 ? timestamp : logAppendTime,
            keySize,
            valueSize);
  }

  void failed(RuntimeException exception) {
    outcome = exception;
  }

  /** An exception if an error has kept the event loop from noting what is reported. */
  private Object outcome() {
    if (outcome == null) {
      outcome = new KafkaException("The record's delivery report could not be read");
    }
    return outcome;
  }

  /** Interceptors first, then the user's callback; neither can harm the next record. */
  void callBack(Interceptors<?, ?> interceptors) {
    if (callback == null && interceptors.isEmpty()) {
      return;
    }
    boolean success = outcome() instanceof RecordMetadata;
    RecordMetadata metadata =
        success ? (RecordMetadata) outcome : new RecordMetadata(partition.id, -1, -1, -1, -1, -1);
    Exception exception = success ? null : (Exception) outcome;
    interceptors.onAcknowledgement(metadata, exception, headers);
    if (callback != null) {
      try {
        callback.onCompletion(metadata, exception);
      } catch (Throwable thrown) {
        LOG.error(
            "Error executing user-provided callback on message for topic-partition '{}'",
            partition.id,
            thrown);
      }
    }
    callback = null;
    headers = null;
  }

  /** Completes with what was noted before; runs the dependents. */
  void complete() {
    Object result = outcome();
    outcome = null;
    if (result instanceof RecordMetadata metadata) {
      super.complete(metadata);
    } else {
      super.completeExceptionally((Throwable) result);
    }
  }

  /** Always false: a record on its way cannot be called back. */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return false;
  }

  @Override
  public boolean complete(RecordMetadata value) {
    return false;
  }

  @Override
  public boolean completeExceptionally(Throwable thrown) {
    return false;
  }

  @Override
  public CompletableFuture<RecordMetadata> completeAsync(
      Supplier<? extends RecordMetadata> supplier, Executor executor) {
    throw onlyTheProducer();
  }

  @Override
  public void obtrudeValue(RecordMetadata value) {
    throw onlyTheProducer();
  }

  @Override
  public void obtrudeException(Throwable thrown) {
    throw onlyTheProducer();
  }

  /** A copy with the timeout: this future goes on to tell how the send ended. */
  @Override
  public CompletableFuture<RecordMetadata> orTimeout(long timeout, TimeUnit unit) {
    return copy().orTimeout(timeout, unit);
  }

  /** A copy with the timeout: this future goes on to tell how the send ended. */
  @Override
  public CompletableFuture<RecordMetadata> completeOnTimeout(
      RecordMetadata value, long timeout, TimeUnit unit) {
    return copy().completeOnTimeout(value, timeout, unit);
  }

  private static UnsupportedOperationException onlyTheProducer() {
    return new UnsupportedOperationException("Only the producer completes the future of a send");
  }
}
