package io.github.rdkafka.internal.natives;

import java.lang.foreign.MemorySegment;

/** What a client does with the events of its main queue. Called on the event loop's thread. */
public interface EventHandler {
  /** A delivery report event; it is destroyed by the caller afterwards. */
  default void onDeliveryReports(MemorySegment event) {}

  /** Called after a delivery report event was destroyed. */
  default void afterDeliveryReports() {}

  default void onError(int code, String message, boolean fatal) {}

  /**
   * librdkafka's statistics.
   *
   * @param json UTF-8, in a buffer that is used again after the call
   * @param length how many of its bytes there are
   */
  default void onStatistics(byte[] json, int length) {}

  /** The answer to an asynchronous call; it is destroyed by the caller afterwards. */
  default void onAnswer(MemorySegment event) {}

  /** How long to wait for the next event at most. */
  default int pollMillis() {
    return EventLoop.POLL_MILLIS;
  }

  /** Called between events, at least every {@link #pollMillis}. */
  default void onIdle() {}

  /** Called once, as the last thing the loop does; no event follows. */
  default void onStopped() {}
}
