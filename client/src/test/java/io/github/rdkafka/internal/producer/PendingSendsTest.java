package io.github.rdkafka.internal.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PendingSendsTest {
  private final PendingSends pending = new PendingSends();
  private final SlotCache cache = new SlotCache();

  @Test
  void aReportFindsItsSendOnce() {
    SendFuture send = add();
    assertSame(send, pending.remove(send.opaque));
    assertNull(pending.remove(send.opaque));
  }

  @Test
  void aStaleReportFindsNothing() {
    SendFuture first = add();
    pending.remove(first.opaque);
    giveBack(first);
    List<SendFuture> later = new ArrayList<>();
    // Until the slot of the first one has been taken again.
    do {
      later.add(add());
    } while (PendingSends.slot(later.getLast().opaque) != PendingSends.slot(first.opaque));
    assertNotEquals(first.opaque, later.getLast().opaque);
    assertNull(pending.remove(first.opaque));
    assertSame(later.getLast(), pending.remove(later.getLast().opaque));
  }

  @Test
  void nonsenseFindsNothing() {
    add();
    assertNull(pending.remove(0));
    assertNull(pending.remove(-1));
    assertNull(pending.remove(Long.MAX_VALUE));
  }

  @Test
  void aWithdrawnSlotIsUsedAgain() {
    SendFuture send = add();
    assertTrue(pending.withdraw(send, cache));
    assertEquals(PendingSends.slot(send.opaque), PendingSends.slot(add().opaque));
  }

  @Test
  void slotsAreReusedNotAdded() {
    for (int i = 0; i < 10_000; i++) {
      SendFuture send = add();
      pending.remove(send.opaque);
      giveBack(send);
    }
    assertEquals(1024, pending.capacity());
  }

  @Test
  void drainHandsOverAllOnce() {
    Set<SendFuture> sends = new HashSet<>();
    for (int i = 0; i < 3_000; i++) {
      sends.add(add());
    }
    List<SendFuture> copied = new ArrayList<>();
    pending.copyTo(copied);
    assertEquals(sends, new HashSet<>(copied));
    List<SendFuture> drained = new ArrayList<>();
    pending.drain(drained::add);
    assertEquals(3_000, drained.size());
    assertEquals(sends, new HashSet<>(drained));
    pending.drain(send -> assertNull(send));
  }

  @Test
  void eachSendIsReportedOnceUnderManyThreads() throws Exception {
    int threads = 6;
    int perThread = 50_000;
    BlockingQueue<SendFuture> wire = new ArrayBlockingQueue<>(5_000);
    AtomicInteger wrong = new AtomicInteger();
    List<Thread> senders = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      senders.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    SlotCache own = new SlotCache();
                    for (int i = 0; i < perThread; i++) {
                      SendFuture send = newSend();
                      pending.add(send, own);
                      if (i % 100 == 0) {
                        wrong.addAndGet(pending.withdraw(send, own) ? 0 : 1);
                        pending.add(send, own);
                      }
                      put(wire, send);
                    }
                  }));
    }
    for (int i = 0; i < threads * perThread; i++) {
      SendFuture reported = wire.take();
      assertSame(reported, pending.remove(reported.opaque));
      giveBack(reported);
    }
    for (Thread sender : senders) {
      sender.join();
    }
    assertEquals(0, wrong.get());
    pending.drain(left -> assertNull(left));
    assertTrue(pending.capacity() <= 10 * 1024, () -> "grew to " + pending.capacity());
  }

  private static void put(BlockingQueue<SendFuture> wire, SendFuture send) {
    try {
      wire.put(send);
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private SendFuture add() {
    SendFuture send = newSend();
    pending.add(send, cache);
    return send;
  }

  private void giveBack(SendFuture send) {
    pending.giveBack(new int[] {PendingSends.slot(send.opaque)}, 1);
  }

  private static SendFuture newSend() {
    return new SendFuture(null, null, 1, -1, -1);
  }
}
