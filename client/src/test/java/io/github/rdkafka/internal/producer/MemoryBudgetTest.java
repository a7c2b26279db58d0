package io.github.rdkafka.internal.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryBudgetTest {
  private static final long LONG_ENOUGH_MS = 50_000;

  @Test
  void whatIsGivenBackCanBeTakenAgain() throws Exception {
    MemoryBudget budget = new MemoryBudget(100, 16, MemoryBudgetTest::ignore);
    budget.reserve(100, 0);
    assertEquals(0, budget.available());
    budget.release(100);
    budget.reserve(60, 0);
    assertEquals(40, budget.available());
  }

  @Test
  void noRoomInTimeIsToldInKafkasWords() throws Exception {
    MemoryBudget budget = new MemoryBudget(100, 16, MemoryBudgetTest::ignore);
    budget.reserve(90, 0);
    BufferExhaustedException exhausted =
        assertThrows(BufferExhaustedException.class, () -> budget.reserve(20, 3));
    assertEquals(
        "Failed to allocate 20 bytes within the configured max blocking time 3 ms. Total memory:"
            + " 100 bytes. Available memory: 10 bytes. Poolable size: 16 bytes",
        exhausted.getMessage());
    assertEquals(0, budget.waiting());
    assertEquals(10, budget.available());
  }

  @Test
  void whoFindsNoRoomSaysSo() throws Exception {
    AtomicLong shortages = new AtomicLong();
    MemoryBudget budget = new MemoryBudget(100, 16, shortages::incrementAndGet);
    budget.reserve(100, LONG_ENOUGH_MS);
    assertEquals(0, shortages.get());
    assertThrows(BufferExhaustedException.class, () -> budget.reserve(1, 0));
    assertEquals(1, shortages.get());
    BlockingQueue<String> served = new LinkedBlockingQueue<>();
    Thread waiter = Thread.ofPlatform().start(() -> reserve(budget, 1, "waiter", served));
    awaitWaiting(budget, 1);
    budget.release(100);
    assertEquals("waiter", served.take());
    assertEquals(2, shortages.get());
    waiter.join();
  }

  @Test
  void whoCameFirstIsServedFirstHoweverMuchItWants() throws Exception {
    MemoryBudget budget = new MemoryBudget(100, 16, MemoryBudgetTest::ignore);
    budget.reserve(100, 0);
    BlockingQueue<String> served = new LinkedBlockingQueue<>();
    List<Thread> threads = new ArrayList<>();
    int[] wants = {80, 10, 5, 5};
    for (int i = 0; i < wants.length; i++) {
      String name = "waiter " + i;
      int bytes = wants[i];
      threads.add(Thread.ofPlatform().start(() -> reserve(budget, bytes, name, served)));
      awaitWaiting(budget, i + 1);
    }
    budget.release(50);
    // There would be room for the small ones, but the big one was first.
    assertEquals(null, served.poll(50, TimeUnit.MILLISECONDS));
    budget.release(30);
    assertEquals("waiter 0", served.take());
    budget.release(20);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, budget.available());
    assertEquals(0, budget.waiting());
  }

  @Test
  void whoeverThereIsRoomForIsServedByTheOneWhoGivesBack() throws Exception {
    MemoryBudget budget = new MemoryBudget(100, 16, MemoryBudgetTest::ignore);
    budget.reserve(100, 0);
    BlockingQueue<String> served = new LinkedBlockingQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      threads.add(Thread.ofPlatform().start(() -> reserve(budget, 10, "waiter", served)));
      awaitWaiting(budget, i + 1);
    }
    budget.release(100);
    // Whether they have woken up or not.
    assertEquals(0, budget.waiting());
    assertEquals(70, budget.available());
    budget.reserve(70, 0);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(3, served.size());
    assertEquals(0, budget.available());
  }

  @Test
  void whatIsServedToOneWhoGivesUpIsNotLost() throws Exception {
    for (int i = 0; i < 300; i++) {
      MemoryBudget budget = new MemoryBudget(100, 16, MemoryBudgetTest::ignore);
      budget.reserve(100, 0);
      BlockingQueue<String> ends = new LinkedBlockingQueue<>();
      Thread waiter = Thread.ofPlatform().start(() -> reserve(budget, 30, "served", ends));
      awaitWaiting(budget, 1);
      waiter.interrupt();
      budget.release(100);
      String end = ends.take();
      waiter.join();
      assertEquals(end.equals("served") ? 70 : 100, budget.available(), end);
      assertEquals(0, budget.waiting());
    }
  }

  @Test
  void aLateComerDoesNotOvertakeThoseWhoWait() throws Exception {
    MemoryBudget budget = new MemoryBudget(100, 16, MemoryBudgetTest::ignore);
    budget.reserve(95, 0);
    BlockingQueue<String> served = new LinkedBlockingQueue<>();
    Thread waiter = Thread.ofPlatform().start(() -> reserve(budget, 50, "waiter", served));
    awaitWaiting(budget, 1);
    assertThrows(BufferExhaustedException.class, () -> budget.reserve(5, 0));
    budget.release(95);
    assertEquals("waiter", served.take());
    waiter.join();
  }

  @Test
  void aWaiterThatGivesUpLetsTheNextOneThrough() throws Exception {
    MemoryBudget budget = new MemoryBudget(100, 16, MemoryBudgetTest::ignore);
    budget.reserve(95, 0);
    BlockingQueue<String> served = new LinkedBlockingQueue<>();
    Thread first = Thread.ofPlatform().start(() -> reserve(budget, 50, "first", served));
    awaitWaiting(budget, 1);
    Thread second = Thread.ofPlatform().start(() -> reserve(budget, 5, "second", served));
    awaitWaiting(budget, 2);
    first.interrupt();
    // The second may be through before the first has said so.
    Set<String> ends = new HashSet<>();
    ends.add(served.take());
    ends.add(served.take());
    assertEquals(Set.of("first interrupted", "second"), ends);
    first.join();
    second.join();
  }

  @Test
  void closingReleasesWhoWaits() throws Exception {
    MemoryBudget budget = new MemoryBudget(100, 16, MemoryBudgetTest::ignore);
    budget.reserve(100, 0);
    LinkedBlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
    Thread waiter =
        Thread.ofPlatform()
            .start(
                () ->
                    thrown.add(
                        assertThrows(Throwable.class, () -> budget.reserve(10, LONG_ENOUGH_MS))));
    awaitWaiting(budget, 1);
    budget.close();
    KafkaException closed = assertInstanceOf(KafkaException.class, thrown.take());
    assertEquals("Producer closed while allocating memory", closed.getMessage());
    waiter.join();
    assertThrows(KafkaException.class, () -> budget.reserve(1, 0));
  }

  /** A close without time fails what is on its way, and gives its memory back at once. */
  @Test
  void whoWaitsAtTheEndGetsNoRoomThatItLeaves() throws Exception {
    for (int i = 0; i < 200; i++) {
      MemoryBudget budget = new MemoryBudget(100, 16, MemoryBudgetTest::ignore);
      budget.reserve(100, 0);
      BlockingQueue<String> ends = new LinkedBlockingQueue<>();
      Thread waiter =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      reserve(budget, 10, "got room", ends);
                    } catch (KafkaException closed) {
                      ends.add("refused");
                    }
                  });
      awaitWaiting(budget, 1);
      budget.close();
      budget.release(100);
      assertEquals("refused", ends.take());
      waiter.join();
    }
  }

  @Test
  void underManyThreadsNothingIsLostAndNobodyStarves() throws Exception {
    MemoryBudget budget = new MemoryBudget(1000, 16, MemoryBudgetTest::ignore);
    AtomicLong taken = new AtomicLong();
    AtomicLong most = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int seed = t;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    Random random = new Random(seed);
                    for (int i = 0; i < 5_000; i++) {
                      int bytes = 1 + random.nextInt(700);
                      reserve(budget, bytes, null, null);
                      most.accumulateAndGet(taken.addAndGet(bytes), Math::max);
                      taken.addAndGet(-bytes);
                      budget.release(bytes);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(most.get() <= 1000, () -> "gave out " + most);
    assertEquals(1000, budget.available());
    assertEquals(0, budget.waiting());
  }

  private static void ignore() {}

  private static void reserve(
      MemoryBudget budget, int bytes, String name, BlockingQueue<String> served) {
    try {
      budget.reserve(bytes, LONG_ENOUGH_MS);
      if (served != null) {
        served.add(name);
      }
    } catch (InterruptedException interrupt) {
      served.add(name + " interrupted");
    }
  }

  private static void awaitWaiting(MemoryBudget budget, int count) {
    while (budget.waiting() < count) {
      Thread.onSpinWait();
    }
  }
}
