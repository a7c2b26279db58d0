package io.github.rdkafka.internal.producer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sends that librdkafka gets one after the other in one call. Its number in {@link PendingSends}
 * and the send's place in the group make up the opaque value that travels with the message.
 *
 * <p>One thread at a time adds sends; from {@link #seal} on the event loop takes them out. Whoever
 * else looks on may miss what is added meanwhile.
 */
final class SendGroup {
  /** How many sends fit into a group: the last of them keeps the room of all. */
  static final int MOST = 1 << PendingSends.PLACE_BITS;

  private static final VarHandle SENDS = MethodHandles.arrayElementVarHandle(SendFuture[].class);
  private static final int STILL_OPEN = -1;

  private final long number;
  private volatile SendFuture[] sends;
  // The adding thread's.
  private int count;
  private volatile int sealedCount = STILL_OPEN;
  // The event loop's.
  private int taken;

  /**
   * @param number the opaque value of the first send
   * @param room for how many sends there is room at first
   */
  SendGroup(long number, int room) {
    this.number = number;
    this.sends = new SendFuture[room];
  }

  long number() {
    return number;
  }

  /** Makes room, and says what the opaque value of the next send is. */
  long next() {
    if (count == sends.length) {
      if (count == MOST) {
        throw new IllegalStateException("a group of sends is full");
      }
      sends = Arrays.copyOf(sends, Math.min(count * 2, MOST));
    }
    return number + count;
  }

  /** Adds the send that was announced by {@link #next}. */
  void add(SendFuture send) {
    SENDS.setRelease(sends, count, send);
    count++;
  }

  /** Takes back what was added last and not sealed. */
  void takeBack() {
    count--;
    SENDS.setRelease(sends, count, null);
  }

  boolean isFull() {
    return count == MOST;
  }

  /** No send follows. */
  void seal() {
    sealedCount = count;
  }

  /** How many sends were added. */
  int count() {
    return count;
  }

  /**
   * Takes out the send of a report, by the event loop.
   *
   * @param place as in the opaque value
   * @return null when it is not there
   */
  SendFuture take(int place) {
    if (place >= sealedCount) {
      return null;
    }
    SendFuture send = (SendFuture) SENDS.getAcquire(sends, place);
    if (send != null) {
      SENDS.setRelease(sends, place, null);
      taken++;
    }
    return send;
  }

  /** Whether all sends have been taken out. */
  boolean isDone() {
    return taken == sealedCount;
  }

  /** Takes back the only send; false when the event loop has failed it. */
  boolean withdraw() {
    return SENDS.getAndSet(sends, 0, null) != null;
  }

  /** Takes out all sends, by the event loop. */
  void drain(Consumer<SendFuture> to) {
    SendFuture[] all = sends;
    for (int i = 0; i < all.length; i++) {
      SendFuture send = (SendFuture) SENDS.getAndSet(all, i, null);
      if (send != null) {
        to.accept(send);
      }
    }
  }

  /** Adds the sends that are there to {@code list}. */
  void copyTo(List<SendFuture> list) {
    SendFuture[] all = sends;
    for (int i = 0; i < all.length; i++) {
      SendFuture send = (SendFuture) SENDS.getAcquire(all, i);
      if (send != null) {
        list.add(send);
      }
    }
  }

  boolean isEmpty() {
    SendFuture[] all = sends;
    for (int i = 0; i < all.length; i++) {
      if (SENDS.getAcquire(all, i) != null) {
        return false;
      }
    }
    return true;
  }
}
