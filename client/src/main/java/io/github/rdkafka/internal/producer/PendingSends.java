package io.github.rdkafka.internal.producer;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The sends that librdkafka has and has not reported on, in the groups in which it got them. Each
 * group has a numbered slot; the slot, its generation and the place in the group make up the opaque
 * value that travels with the message, so that no Java reference goes through native memory and a
 * stale report cannot hit a later send.
 *
 * <p>What the sending thread writes and the event loop reads lies side by side in a group, and not
 * where the next sends are written meanwhile.
 */
final class PendingSends {
  static final int PLACE_BITS = 7;
  private static final int SLOT_BITS = 26;
  private static final int CHUNK_BITS = 10;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int GENERATIONS = 1 << (Long.SIZE - 1 - PLACE_BITS - SLOT_BITS);

  /** A piece of the table; pieces are added, never moved. */
  private static final class Chunk {
    final AtomicReferenceArray<SendGroup> groups = new AtomicReferenceArray<>(CHUNK);
    // Guarded by the lock.
    final int[] generations = new int[CHUNK];
  }

  private volatile Chunk[] chunks = {};
  private int[] free = new int[CHUNK];
  private int freeCount;

  /**
   * A group that has a slot from now on, and with it what is added to it.
   *
   * @param room for how many sends there is room at first
   */
  synchronized SendGroup open(int room) {
    if (freeCount == 0) {
      grow();
    }
    int slot = free[freeCount - 1];
    Chunk chunk = chunks[slot >>> CHUNK_BITS];
    int index = slot & (CHUNK - 1);
    int generation = chunk.generations[index] % (GENERATIONS - 1) + 1;
    SendGroup group = new SendGroup(((long) generation << SLOT_BITS | slot) << PLACE_BITS, room);
    chunk.generations[index] = generation;
    chunk.groups.setRelease(index, group);
    freeCount--;
    return group;
  }

  /**
   * The group of the send that a report names.
   *
   * @return null when there is none of that slot and generation
   */
  SendGroup find(long opaque) {
    int slot = slot(opaque);
    Chunk[] table = chunks;
    if (opaque < 0 || slot >>> CHUNK_BITS >= table.length) {
      return null;
    }
    SendGroup group = table[slot >>> CHUNK_BITS].groups.getAcquire(slot & (CHUNK - 1));
    return group == null || !isOf(group, opaque) ? null : group;
  }

  /** Whether the send that a report names is one of {@code group}. */
  static boolean isOf(SendGroup group, long opaque) {
    return (group.number() ^ opaque) >>> PLACE_BITS == 0;
  }

  /** Where in its group a send is. */
  static int place(long opaque) {
    return (int) opaque & (SendGroup.MOST - 1);
  }

  /**
   * Lets go of a group that is done, by the event loop.
   *
   * @return its slot, to be given back with {@link #giveBack}
   */
  int close(SendGroup group) {
    int slot = slot(group.number());
    chunks[slot >>> CHUNK_BITS].groups.set(slot & (CHUNK - 1), null);
    return slot;
  }

  /**
   * Takes back the only send of a group, which librdkafka refused; false when it has been failed by
   * someone else.
   */
  boolean withdraw(SendGroup group) {
    if (!group.withdraw()) {
      return false;
    }
    giveBack(new int[] {close(group)}, 1);
    return true;
  }

  private static int slot(long opaque) {
    return (int) (opaque >>> PLACE_BITS) & ((1 << SLOT_BITS) - 1);
  }

  synchronized void giveBack(int[] slots, int count) {
    if (freeCount + count > free.length) {
      free = Arrays.copyOf(free, Math.max(free.length * 2, freeCount + count));
    }
    System.arraycopy(slots, 0, free, freeCount, count);
    freeCount += count;
  }

  private void grow() {
    Chunk[] table = chunks;
    int first = table.length << CHUNK_BITS;
    if (first >= 1 << SLOT_BITS) {
      throw new IllegalStateException("too many records on their way");
    }
    table = Arrays.copyOf(table, table.length + 1);
    table[table.length - 1] = new Chunk();
    chunks = table;
    for (int i = 0; i < CHUNK; i++) {
      free[i] = first + CHUNK - 1 - i;
    }
    freeCount = CHUNK;
  }

  /** Takes out all sends and hands them over in no particular order. */
  void drain(Consumer<SendFuture> to) {
    forEach(group -> group.drain(to));
  }

  /** Adds the sends that are pending at this moment to {@code list}. */
  void copyTo(List<SendFuture> list) {
    forEach(group -> group.copyTo(list));
  }

  private void forEach(Consumer<SendGroup> action) {
    for (Chunk chunk : chunks) {
      for (int i = 0; i < CHUNK; i++) {
        SendGroup group = chunk.groups.getAcquire(i);
        if (group != null) {
          action.accept(group);
        }
      }
    }
  }

  boolean isEmpty() {
    for (Chunk chunk : chunks) {
      for (int i = 0; i < CHUNK; i++) {
        SendGroup group = chunk.groups.getAcquire(i);
        if (group != null && !group.isEmpty()) {
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
