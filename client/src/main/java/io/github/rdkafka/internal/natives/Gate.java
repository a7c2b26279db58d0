package io.github.rdkafka.internal.natives;

import io.github.rdkafka.internal.Deadline;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts the calls that are inside librdkafka with a client's handle, so that destroying the handle
 * can wait for them and later ones are refused.
 *
 * <p>The count is striped by thread: many threads enter at once on the send path.
 */
public final class Gate {
  private static final int STRIPES = 16;
  private static final int PADDING = 16;
  private static final long WAIT_NANOS = 100_000;

  private final AtomicIntegerArray inside = new AtomicIntegerArray(STRIPES * PADDING);
  private volatile boolean closed;

  /**
   * Enters, unless the gate is closed. Each true answer needs one {@link #exit} by the same thread.
   */
  public boolean enter() {
    int stripe = stripe();
    inside.getAndIncrement(stripe);
    if (closed) {
      inside.getAndDecrement(stripe);
      return false;
    }
    return true;
  }

  public void exit() {
    inside.getAndDecrement(stripe());
  }

  public void close() {
    closed = true;
  }

  /** Waits until nobody is inside a closed gate; false when the deadline passed first. */
  public boolean awaitEmpty(Deadline deadline) {
    while (calls() > 0) {
      if (deadline.isExpired()) {
        return false;
      }
      LockSupport.parkNanos(this, WAIT_NANOS);
    }
    return true;
  }

  private int calls() {
    int calls = 0;
    for (int i = 0; i < STRIPES; i++) {
      calls += inside.get(i * PADDING);
    }
    return calls;
  }

  private static int stripe() {
    return (int) (Thread.currentThread().threadId() & (STRIPES - 1)) * PADDING;
  }
}
