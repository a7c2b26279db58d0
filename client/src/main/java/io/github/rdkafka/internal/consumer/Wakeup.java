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

  /** Wakes another client, in whose calls the owner waits at times; or null. */
  private Runnable outside;

  private int callsOutside;
  private boolean passedOn;
  private WakeupException meant;

  /**
   * @param check throws what waiting any longer would not mend; before the first wait
   */
  void failures(Runnable check) {
    failures = check;
  }

  /**
   * @param wake ends the current or next call of another client with a WakeupException; before the
   *     first {@link #goOutside}
   */
  void outside(Runnable wake) {
    outside = wake;
  }

  /** Any thread: the consumer's current or next blocking call ends with a WakeupException. */
  void request() {
    lock.lock();
    try {
      requested = true;
      passOn();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The owner calls the other client, which gets a wake-up that is there or comes meanwhile. */
  void goOutside() {
    lock.lock();
    try {
      callsOutside++;
      passOn();
    } finally {
      lock.unlock();
    }
  }

  /** The owner's call of the other client has ended. */
  void comeBack() {
    lock.lock();
    try {
      callsOutside--;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether the user is to see what a call outside threw: not if it ends a wait that has taken
   * place elsewhere already, for a wake-up cannot be taken back there.
   */
  boolean isMeant(WakeupException thrown) {
    lock.lock();
    try {
      if (!passedOn || thrown == meant) {
        return true;
      }
      passedOn = false;
      boolean wanted = requested;
      requested = false;
      meant = wanted ? thrown : null;
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  private void passOn() {
    if (requested && enabled && callsOutside > 0 && !passedOn) {
      passedOn = true;
      outside.run();
    }
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
