package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.metrics.ConsumerMetrics;
import io.github.rdkafka.internal.natives.AsyncCalls;
import io.github.rdkafka.internal.natives.EventHandler;
import io.github.rdkafka.internal.natives.KafkaErrors;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
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

  /**
   * @param wake ends whatever the consumer's thread waits in; any thread may run it
   */
  ErrorInbox(AsyncCalls calls, Runnable wake, ConsumerMetrics metrics) {
    this.calls = calls;
    this.wake = wake;
    this.metrics = metrics;
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
      fatal = KafkaErrors.exception(code, message);
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
