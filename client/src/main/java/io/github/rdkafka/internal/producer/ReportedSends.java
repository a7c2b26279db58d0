package io.github.rdkafka.internal.producer;

import io.github.rdkafka.bindings.CriticalCalls;
import io.github.rdkafka.bindings.NativeLibrary;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_message_s;
import io.github.rdkafka.internal.natives.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the sends that messages of delivery reports are for, and takes them out of {@link
 * PendingSends}. Of the event loop alone.
 */
final class ReportedSends {
  /** Told of each send, in the order of the reports. */
  interface Listener {
    /**
     * A send is reported on.
     *
     * @param charge of the send
     * @param message address of an {@code rd_kafka_message_t}, which may be for others as well
     * @param offset -1 when the broker does not tell
     */
    void reported(SendFuture send, int charge, long message, long offset);
  }

  private static final Logger LOG = LoggerFactory.getLogger(ReportedSends.class);

  private static final long OFFSET = rd_kafka_message_s.offset$offset();
  private static final long OPAQUE = rd_kafka_message_s._private$offset();
  private static final boolean RUNS = NativeLibrary.load().has("rd_kafka_message_opaques");

  /** Sends that are taken one after the other, so that their ways from memory overlap. */
  private static final int TOGETHER = 32;

  private final PendingSends pending;
  private final Listener listener;
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment runCount = arena.allocate(ValueLayout.JAVA_LONG);

  private final SendFuture[] sends = new SendFuture[TOGETHER];
  private final int[] charges = new int[TOGETHER];
  private final long[] offsets = new long[TOGETHER];
  private final long[] messages = new long[TOGETHER];
  private int count;
  private int told;

  /** Where the last one was taken. */
  private SendGroup group;

  private int[] slots = new int[64];
  private int slotCount;

  ReportedSends(PendingSends pending, Listener listener) {
    this.pending = pending;
    this.listener = listener;
  }

  /**
   * Takes the sends of a message, which may be for neighbours in their partition. The listener is
   * told by the end of the next {@link #flush}, until which the message must live.
   *
   * @param message address of an {@code rd_kafka_message_t}
   */
  void read(long message) {
    long opaques = RUNS ? CriticalCalls.rd_kafka_message_opaques(message, runCount.address()) : 0;
    long records = opaques == 0 ? 1 : runCount.get(ValueLayout.JAVA_LONG, 0);
    if (opaques == 0) {
      opaques = message + OPAQUE;
    }
    long offset = Memory.int64(message + OFFSET);
    for (long i = 0; i < records; i++) {
      SendFuture send = take(Memory.int64(opaques + i * Long.BYTES));
      if (send != null) {
        sends[count] = send;
        charges[count] = send.charge;
        offsets[count] = offset < 0 ? -1 : offset + i;
        messages[count] = message;
        count++;
      }
      if (count == TOGETHER) {
        flush();
      }
    }
  }

  /** Tells the listener of what has been read. */
  void flush() {
    while (told < count) {
      int i = told++;
      listener.reported(sends[i], charges[i], messages[i], offsets[i]);
    }
    clear();
  }

  /** What the listener was not told of, because of an error, and never will be. */
  void forget(Consumer<SendFuture> to) {
    while (told < count) {
      to.accept(sends[told++]);
    }
    clear();
  }

  private void clear() {
    Arrays.fill(sends, 0, count, null);
    told = 0;
    count = 0;
  }

  /** The send that a report names, without telling the listener; null if it is not pending. */
  SendFuture take(long opaque) {
    if (group == null || !PendingSends.isOf(group, opaque)) {
      group = pending.find(opaque);
    }
    SendFuture send = group == null ? null : group.take(PendingSends.place(opaque));
    if (send == null) {
      LOG.error("A delivery report for a send that is not pending: {}", opaque);
      return null;
    }
    if (group.isDone()) {
      freeSlot(pending.close(group));
      group = null;
    }
    return send;
  }

  private void freeSlot(int slot) {
    if (slotCount == slots.length) {
      slots = Arrays.copyOf(slots, slotCount * 2);
    }
    slots[slotCount++] = slot;
  }

  /** Lets others have the slots of groups that are done. */
  void giveSlotsBack() {
    pending.giveBack(slots, slotCount);
    slotCount = 0;
  }
}
