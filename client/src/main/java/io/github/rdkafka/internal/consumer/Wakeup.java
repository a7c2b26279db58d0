package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/** The consumer's wake-up flag, and waiting that ends at a wake-up, an interrupt or an error. */
final class Wakeup {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean requested;
  private boolean enabled = true;
  private Runnable failures = () -> {};

  /**
   * @param check throws what waiting any longer would not mend; before the first wait
   */
  void failures(Runnable check) {
    failures = check;
  }

  /** Any thread: the consumer's current or next blocking call ends with a WakeupException. */
  void request() {
    requested = true;
    signal();
  }

  /** Any thread: something that the owner may be waiting for has happened. */
  void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From now on neither wake-ups nor errors end a wait: the consumer is closing. */
  void disable() {
    enabled = false;
  }

  void throwIfRequested() {
    if (enabled && requested) {
      requested = false;
      throw new WakeupException();
    }
    throwIfInterrupted();
  }

  static void throwIfInterrupted() {
    if (Thread.interrupted()) {
      throw new InterruptException(new InterruptedException());
    }
  }

  /** Waits for {@code future}; false when the deadline passed first. */
  boolean await(CompletableFuture<?> future, Deadline deadline) {
    if (future.isDone()) {
      return true;
    }
    lock.lock();
    try {
      while (!future.isDone()) {
        throwIfRequested();
        if (enabled) {
          failures.run();
        }
        if (deadline.isExpired()) {
          return false;
        }
        changed.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      }
      return true;
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until {@code millis} have passed. */
  void pause(long millis, Deadline deadline) {
    await(new CompletableFuture<>(), deadline.orAfterMillis(millis));
  }
}
