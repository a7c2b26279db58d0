package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.bindings.CriticalCalls;
import io.github.rdkafka.internal.Deadline;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dedicated platform thread of one client: takes events from the main queue and hands them to
 * the client. Nothing that a handler throws ends it.
 */
public final class EventLoop {
  public static final int POLL_MILLIS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  private final NativeQueue queue;
  private final EventHandler handler;
  private final LogForwarder logs;
  private final Login login;
  private final Thread thread;
  private volatile boolean stopping;
  private byte[] statistics = new byte[0];

  EventLoop(
      String threadName, NativeQueue queue, EventHandler handler, LogForwarder logs, Login login) {
    this.queue = queue;
    this.handler = handler;
    this.logs = logs;
    this.login = login;
    this.thread = Thread.ofPlatform().name(threadName).daemon(true).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  public boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /** Has {@link EventHandler#onIdle} called soon. Inside the gate. */
  public void wake() {
    queue.wake();
  }

  /** Asks the loop to end after the event it is in. */
  void stop() {
    stopping = true;
    queue.wake();
  }

  /**
   * True when the thread has ended; false when the deadline passed first, or on the loop itself.
   */
  boolean join(Deadline deadline) throws InterruptedException {
    if (isCurrentThread()) {
      return false;
    }
    if (thread.getState() == Thread.State.NEW) {
      return true;
    }
    TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline.remainingNanos()));
    return !thread.isAlive();
  }

  private void run() {
    while (!stopping) {
      poll(handler.pollMillis());
      try {
        handler.onIdle();
      } catch (Throwable unexpected) {
        LOG.error("Unexpected error on the event loop", unexpected);
      }
    }
    while (poll(0)) {
      // serve what is left, so that no event outlives the loop
    }
    try {
      handler.onStopped();
    } catch (Throwable unexpected) {
      LOG.error("Unexpected error at the end of the event loop", unexpected);
    }
  }

  private boolean poll(int timeoutMillis) {
    MemorySegment event = rd_kafka_queue_poll(queue.segment(), timeoutMillis);
    if (event.address() == 0) {
      return false;
    }
    LiveObjects.created();
    int type = 0;
    try {
      type = CriticalCalls.rd_kafka_event_type(event.address());
      dispatch(type, event);
    } catch (Throwable unexpected) {
      LOG.error("Unexpected error while serving an event of type {}", type, unexpected);
    } finally {
      rd_kafka_event_destroy(event);
      LiveObjects.destroyed();
    }
    if (type == RD_KAFKA_EVENT_DR()) {
      try {
        handler.afterDeliveryReports();
      } catch (Throwable unexpected) {
        LOG.error("Unexpected error after delivery reports", unexpected);
      }
    }
    return true;
  }

  private void dispatch(int type, MemorySegment event) {
    if (type == RD_KAFKA_EVENT_DR()) {
      handler.onDeliveryReports(event);
    } else if (type == RD_KAFKA_EVENT_LOG()) {
      logs.forward(event);
    } else if (type == RD_KAFKA_EVENT_ERROR()) {
      onError(event);
    } else if (type == RD_KAFKA_EVENT_OAUTHBEARER_TOKEN_REFRESH()) {
      login.ask();
    } else if (type == RD_KAFKA_EVENT_STATS()) {
      onStatistics(rd_kafka_event_stats(event).address());
    } else {
      handler.onAnswer(event);
    }
  }

  private void onStatistics(long text) {
    if (text == 0) {
      return;
    }
    int length = Memory.stringLength(text);
    if (statistics.length < length) {
      statistics = new byte[Math.max(length, 2 * statistics.length)];
    }
    Memory.copy(text, statistics, length);
    handler.onStatistics(statistics, length);
  }

  private void onError(MemorySegment event) {
    String message = Memory.string(rd_kafka_event_error_string(event));
    int code = ConnectionErrors.code(rd_kafka_event_error(event), message);
    if (code == RD_KAFKA_RESP_ERR__AUTHENTICATION()) {
      login.ask();
    }
    handler.onError(code, message, rd_kafka_event_error_is_fatal(event) != 0);
  }
}
