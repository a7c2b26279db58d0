package io.github.rdkafka.internal.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SendPaceTest {
  private static final int TOTAL = 32 << 20;
  private static final int RECORD = 64 << 10;
  private static final int ALL = TOTAL / RECORD;

  @Test
  void aSmallBufferIsNeverPaced() {
    AtomicLong available = new AtomicLong(0);
    assertFalse(new SendPace(available, SendPace.AHEAD).isAhead());
  }

  @Test
  void withoutReportsTheWholeBufferIsThereAfterOnePause() throws Exception {
    AtomicLong available = new AtomicLong(TOTAL);
    SendPace pace = new SendPace(available, TOTAL);
    int pauses = 0;
    for (int i = 0; i < ALL; i++) {
      if (pace.isAhead()) {
        pace.await();
        pauses++;
      }
      available.addAndGet(-RECORD);
    }
    assertEquals(1, pauses);
    assertEquals(0, available.get());
  }

  @Test
  void aReportEndsThePauseAndThePacingGoesOn() throws Exception {
    AtomicLong available = new AtomicLong(TOTAL - SendPace.AHEAD - 1);
    SendPace pace = new SendPace(available, TOTAL);
    pace.await();
    assertFalse(pace.isAhead(), "it has waited once, reports do not come");

    pace.released(available.addAndGet(1));
    available.addAndGet(-1);
    assertTrue(pace.isAhead(), "reports come again");

    Thread sender = Thread.ofPlatform().start(pace::await);
    pace.released(available.addAndGet(1));
    sender.join();
    assertFalse(pace.isAhead());
  }

  @Test
  void manyPartitionsHaveMoreOnTheirWay() {
    AtomicLong available = new AtomicLong(TOTAL - SendPace.AHEAD - 1);
    SendPace pace = new SendPace(available, TOTAL);
    assertTrue(pace.isAhead());
    pace.setPartitions(1);
    assertFalse(pace.isAhead());
    pace.setPartitions(100);
    available.set(TOTAL - SendPace.AHEAD - 100 * SendPace.AHEAD_PER_PARTITION - 1);
    assertTrue(pace.isAhead());
    pace.setPartitions(Integer.MAX_VALUE);
    available.set(0);
    assertFalse(pace.isAhead(), "never more than the whole buffer");
  }

  @Test
  void anInterruptEndsThePauseAndStaysSet() {
    AtomicLong available = new AtomicLong(0);
    SendPace pace = new SendPace(available, TOTAL);
    Thread.currentThread().interrupt();
    pace.await();
    assertTrue(Thread.interrupted());
    assertTrue(pace.isAhead(), "an interrupt does not tell that reports do not come");
  }

  @Test
  void manySendersTakeAndGiveBackWithoutLosingAByte() throws Exception {
    MemoryBudget budget = new MemoryBudget(TOTAL, 16, () -> {});
    LinkedBlockingQueue<Integer> onTheirWay = new LinkedBlockingQueue<>();
    List<Thread> senders = new ArrayList<>();
    for (int s = 0; s < 4; s++) {
      int seed = s;
      senders.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    Random random = new Random(seed);
                    try {
                      for (int i = 0; i < 5_000; i++) {
                        int bytes = 1 + random.nextInt(RECORD);
                        budget.reserve(bytes, 50_000);
                        onTheirWay.add(bytes);
                      }
                    } catch (InterruptedException e) {
                      throw new AssertionError(e);
                    }
                  }));
    }
    for (int i = 0; i < 4 * 5_000; i++) {
      Integer bytes = onTheirWay.poll(50, TimeUnit.SECONDS);
      budget.release(bytes);
    }
    for (Thread sender : senders) {
      sender.join();
    }
    assertEquals(TOTAL, budget.available());
    assertEquals(0, budget.waiting());
  }
}
