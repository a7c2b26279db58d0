package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.metrics.ConsumerMetrics;
import io.github.rdkafka.internal.natives.AsyncCalls;
import io.github.rdkafka.internal.natives.EventHandler;
import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.NativeError;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the event loop tells the consumer's thread: answers to its calls, and errors. */
final class ErrorInbox implements EventHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorInbox.class);

  private final AsyncCalls calls;
  private final Runnable wake;
  private final ConsumerMetrics metrics;
  private final AtomicReference<RuntimeException> error = new AtomicReference<>();
  private volatile RuntimeException fatal;
  private volatile NativeClient client;

  /**
   * @param wake ends whatever the consumer's thread waits in; any thread may run it
   */
  ErrorInbox(AsyncCalls calls, Runnable wake, ConsumerMetrics metrics) {
    this.calls = calls;
    this.wake = wake;
    this.metrics = metrics;
  }

  /** The client whose fatal error is looked up; as soon as there is one. */
  void attach(NativeClient newClient) {
    client = newClient;
  }

  @Override
  public void onAnswer(MemorySegment event) {
    calls.answer(event);
    wake.run();
  }

  @Override
  public void onError(int code, String message, boolean isFatal) {
    if (isFatal) {
      LOG.error("Fatal error: {}", message);
      fatal = fatalError(client, message);
      wake.run();
    } else if (code == RD_KAFKA_RESP_ERR__AUTHENTICATION() || code == RD_KAFKA_RESP_ERR__SSL()) {
      metrics.authenticationFailed();
      error.set(KafkaErrors.exception(code, message));
      wake.run();
    } else {
      LOG.debug("librdkafka reports: {}", message);
    }
  }

  @Override
  public void onStatistics(byte[] json, int length) {
    metrics.statistics(json, length);
  }

  @Override
  public void onIdle() {
    metrics.client().roll();
  }

  /** The error behind {@code _FATAL}, which only says that there is one. */
  static RuntimeException fatalError(NativeClient client, String message) {
    NativeError error = client == null ? null : client.fatalError();
    return error == null
        ? new KafkaException(message)
        : KafkaErrors.exception(error.code(), error.message());
  }

  /** Throws the fatal error, each time, or an error that has come since the last call. */
  void throwIfFailed() {
    if (fatal != null) {
      throw fatal;
    }
    if (error.get() != null) {
      RuntimeException failure = error.getAndSet(null);
      if (failure != null) {
        throw failure;
      }
    }
  }
}
