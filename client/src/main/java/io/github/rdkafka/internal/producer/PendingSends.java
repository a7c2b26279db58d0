package io.github.rdkafka.internal.producer;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The sends that librdkafka has and has not reported on. Each has a numbered slot; the number and
 * the slot's generation make up the opaque value that travels with the message, so that no Java
 * reference goes through native memory and a stale report cannot hit a later send.
 *
 * <p>Slots are taken by senders out of their {@link SlotCache} and come back in bulk from the event
 * loop, so that the lock is entered once for many records.
 */
final class PendingSends {
  private static final int CHUNK_BITS = 10;
  private static final int CHUNK = 1 << CHUNK_BITS;

  /** A piece of the table; pieces are added, never moved. */
  private static final class Chunk {
    final AtomicReferenceArray<SendFuture> sends = new AtomicReferenceArray<>(CHUNK);
    // Touched only by whoever holds the slot.
    final int[] generations = new int[CHUNK];
  }

  private volatile Chunk[] chunks = {};
  private int[] free = new int[CHUNK];
  private int freeCount;

  /** Publishes a send and gives it its opaque value. */
  void add(SendFuture send, SlotCache cache) {
    if (cache.count == 0) {
      refill(cache);
    }
    int slot = cache.slots[--cache.count];
    Chunk chunk = chunks[slot >>> CHUNK_BITS];
    int index = slot & (CHUNK - 1);
    int generation = ++chunk.generations[index];
    send.opaque = (long) generation << Integer.SIZE | slot;
    chunk.sends.setRelease(index, send);
  }

  /**
   * The send that a report names, which stays.
   *
   * @return null when there is none of that slot and generation
   */
  SendFuture find(long opaque) {
    int slot = slot(opaque);
    Chunk[] table = chunks;
    if (slot < 0 || slot >>> CHUNK_BITS >= table.length) {
      return null;
    }
    SendFuture send = table[slot >>> CHUNK_BITS].sends.getAcquire(slot & (CHUNK - 1));
    return send == null || send.opaque != opaque ? null : send;
  }

  /**
   * Takes out a send that was found; its slot is to be given back with {@link #giveBack}.
   *
   * @return false when it is not there any more
   */
  boolean remove(SendFuture send) {
    int slot = slot(send.opaque);
    return chunks[slot >>> CHUNK_BITS].sends.compareAndSet(slot & (CHUNK - 1), send, null);
  }

  /** {@link #find} and {@link #remove(SendFuture)} in one; null when there is none. */
  SendFuture remove(long opaque) {
    SendFuture send = find(opaque);
    return send != null && remove(send) ? send : null;
  }

  /** Takes back a send that librdkafka refused; false when it has been failed by someone else. */
  boolean withdraw(SendFuture send, SlotCache cache) {
    if (!remove(send)) {
      return false;
    }
    int slot = slot(send.opaque);
    if (cache.count < SlotCache.CAPACITY) {
      cache.slots[cache.count++] = slot;
    } else {
      giveBack(new int[] {slot}, 1);
    }
    return true;
  }

  static int slot(long opaque) {
    return (int) opaque;
  }

  synchronized void giveBack(int[] slots, int count) {
    if (freeCount + count > free.length) {
      free = Arrays.copyOf(free, Math.max(free.length * 2, freeCount + count));
    }
    System.arraycopy(slots, 0, free, freeCount, count);
    freeCount += count;
  }

  private synchronized void refill(SlotCache cache) {
    if (freeCount == 0) {
      grow();
    }
    // Half of what fits leaves room for slots that are withdrawn.
    int count = Math.min(freeCount, SlotCache.CAPACITY / 2);
    freeCount -= count;
    System.arraycopy(free, freeCount, cache.slots, 0, count);
    cache.count = count;
  }

  private void grow() {
    Chunk[] table = chunks;
    int first = table.length << CHUNK_BITS;
    table = Arrays.copyOf(table, table.length + 1);
    table[table.length - 1] = new Chunk();
    chunks = table;
    if (free.length < CHUNK) {
      free = new int[CHUNK];
    }
    for (int i = 0; i < CHUNK; i++) {
      free[i] = first + CHUNK - 1 - i;
    }
    freeCount = CHUNK;
  }

  /** Takes out all sends and hands them over in no particular order. */
  void drain(Consumer<SendFuture> to) {
    for (Chunk chunk : chunks) {
      for (int i = 0; i < CHUNK; i++) {
        SendFuture send = chunk.sends.getAndSet(i, null);
        if (send != null) {
          to.accept(send);
        }
      }
    }
  }

  /** Adds the sends that are pending at this moment to {@code list}. */
  void copyTo(List<SendFuture> list) {
    for (Chunk chunk : chunks) {
      for (int i = 0; i < CHUNK; i++) {
        SendFuture send = chunk.sends.getAcquire(i);
        if (send != null) {
          list.add(send);
        }
      }
    }
  }

  boolean isEmpty() {
    for (Chunk chunk : chunks) {
      for (int i = 0; i < CHUNK; i++) {
        if (chunk.sends.getAcquire(i) != null) {
          return false;
        }
      }
    }
    return true;
  }

  /** How many slots there are, taken or free. */
  int capacity() {
    return chunks.length << CHUNK_BITS;
  }
}
