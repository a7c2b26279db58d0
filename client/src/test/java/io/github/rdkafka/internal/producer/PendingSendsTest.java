package io.github.rdkafka.internal.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
  /** A send and what its report names it by. */
  private record Named(long opaque, SendFuture send) {}

  private final PendingSends pending = new PendingSends();

  @Test
  void aReportFindsItsSendOnce() {
    for (Named named : group(3)) {
      assertSame(named.send(), take(named.opaque()));
      assertNull(take(named.opaque()));
    }
    assertTrue(pending.isEmpty());
  }

  @Test
  void aStaleReportFindsNothing() {
    Named first = group(1).getFirst();
    take(first.opaque());
    Named later = group(1).getFirst();
    assertEquals(1024, pending.capacity());
    assertNotEquals(first.opaque(), later.opaque());
    assertNull(take(first.opaque()));
    assertSame(later.send(), take(later.opaque()));
  }

  @Test
  void nonsenseFindsNothing() {
    Named named = group(2).getLast();
    assertNull(take(0));
    assertNull(take(-1));
    assertNull(take(Long.MAX_VALUE));
    assertNull(take(named.opaque() + 1));
    assertSame(named.send(), take(named.opaque()));
  }

  @Test
  void whatIsNotSealedIsNotReported() {
    SendGroup group = pending.open(1);
    long opaque = group.next();
    group.add(newSend());
    assertNull(group.take(PendingSends.place(opaque)));
    assertFalse(group.isDone());
  }

  @Test
  void aGroupGrowsAndEnds() {
    List<Named> all = group(SendGroup.MOST);
    Set<Long> opaques = new HashSet<>();
    all.forEach(named -> opaques.add(named.opaque()));
    assertEquals(SendGroup.MOST, opaques.size());
    assertThrows(IllegalStateException.class, () -> pending.find(all.getFirst().opaque()).next());
    for (Named named : all.reversed()) {
      assertSame(named.send(), take(named.opaque()));
    }
    assertNull(pending.find(all.getFirst().opaque()));
  }

  @Test
  void aWithdrawnSlotIsUsedAgain() {
    for (int i = 0; i < 10_000; i++) {
      SendGroup group = pending.open(1);
      group.next();
      group.add(newSend());
      group.seal();
      assertTrue(pending.withdraw(group));
      assertFalse(pending.withdraw(group));
    }
    assertEquals(1024, pending.capacity());
  }

  @Test
  void slotsAreReusedNotAdded() {
    for (int i = 0; i < 10_000; i++) {
      group(2).forEach(named -> take(named.opaque()));
    }
    assertEquals(1024, pending.capacity());
  }

  @Test
  void drainHandsOverAllOnce() {
    Set<SendFuture> sends = new HashSet<>();
    for (int i = 0; i < 1_500; i++) {
      group(2).forEach(named -> sends.add(named.send()));
    }
    SendGroup open = pending.open(1);
    open.next();
    SendFuture last = newSend();
    open.add(last);
    sends.add(last);
    List<SendFuture> copied = new ArrayList<>();
    pending.copyTo(copied);
    assertEquals(sends, new HashSet<>(copied));
    List<SendFuture> drained = new ArrayList<>();
    pending.drain(drained::add);
    assertEquals(3_001, drained.size());
    assertEquals(sends, new HashSet<>(drained));
    pending.drain(send -> assertNull(send));
    open.seal();
    assertFalse(pending.withdraw(open));
  }

  @Test
  void eachSendIsReportedOnceUnderManyThreads() throws Exception {
    int threads = 6;
    int perThread = 50_000;
    BlockingQueue<Named> wire = new ArrayBlockingQueue<>(5_000);
    AtomicInteger wrong = new AtomicInteger();
    List<Thread> senders = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      senders.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int sent = 0; sent < perThread; ) {
                      List<Named> group = group(Math.min(1 + sent % 7, perThread - sent));
                      sent += group.size();
                      SendGroup refused = pending.open(1);
                      refused.next();
                      refused.add(newSend());
                      refused.seal();
                      wrong.addAndGet(pending.withdraw(refused) ? 0 : 1);
                      group.forEach(named -> put(wire, named));
                    }
                  }));
    }
    for (int i = 0; i < threads * perThread; i++) {
      Named reported = wire.take();
      assertSame(reported.send(), take(reported.opaque()));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    assertEquals(0, wrong.get());
    pending.drain(left -> assertNull(left));
    assertTrue(pending.capacity() <= 10 * 1024, () -> "grew to " + pending.capacity());
  }

  private static void put(BlockingQueue<Named> wire, Named named) {
    try {
      wire.put(named);
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private List<Named> group(int size) {
    SendGroup group = pending.open(1);
    List<Named> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(new Named(group.next(), newSend()));
      group.add(all.getLast().send());
    }
    group.seal();
    return all;
  }

  /** As the event loop does. */
  private SendFuture take(long opaque) {
    SendGroup group = pending.find(opaque);
    SendFuture send = group == null ? null : group.take(PendingSends.place(opaque));
    if (send != null && group.isDone()) {
      pending.giveBack(new int[] {pending.close(group)}, 1);
    }
    return send;
  }

  private static SendFuture newSend() {
    return new SendFuture();
  }
}
