package io.github.rdkafka.internal.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CompletionsTest {
  private final ExecutorService helpers = Helpers.newExecutor("test");
  private final Completions completions = new Completions(helpers);

  @AfterEach
  void shutdown() throws InterruptedException {
    helpers.shutdown();
    assertTrue(helpers.awaitTermination(30, TimeUnit.SECONDS));
  }

  @Test
  void futuresCompleteInOrderOffTheCallersThread() throws Exception {
    List<SendFuture> sends = sends(10_000);
    ConcurrentLinkedQueue<Long> offsets = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
    for (SendFuture send : sends) {
      send.thenAccept(
          metadata -> {
            threads.add(Thread.currentThread());
            offsets.add(metadata.offset());
          });
    }
    submit(sends.subList(0, 4_000));
    submit(sends.subList(4_000, 10_000));
    while (offsets.size() < 10_000) {
      Thread.onSpinWait();
    }
    assertEquals(
        sends.stream().map(send -> send.join().offset()).toList(), new ArrayList<>(offsets));
    assertFalse(threads.contains(Thread.currentThread()));
  }

  @Test
  void aDependentThatBlocksHoldsUpNobodyElse() throws Exception {
    List<SendFuture> sends = sends(100);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Void> blocked =
        sends.get(10).thenAccept(metadata -> awaitUninterruptibly(release));
    sends.get(50).thenAccept(metadata -> awaitUninterruptibly(release));
    submit(sends);
    while (!sends.stream().allMatch(CompletableFuture::isDone)) {
      completions.checkStall();
      Thread.onSpinWait();
    }
    assertFalse(blocked.isDone());
    List<SendFuture> later = sends(10);
    submit(later);
    while (!later.stream().allMatch(CompletableFuture::isDone)) {
      completions.checkStall();
      Thread.onSpinWait();
    }
    release.countDown();
    blocked.get();
  }

  @Test
  void aDependentThatThrowsHarmsOnlyItself() throws Exception {
    List<SendFuture> sends = sends(3);
    CompletableFuture<Void> thrower =
        sends
            .get(0)
            .thenRun(
                () -> {
                  throw new IllegalStateException("mine");
                });
    submit(sends);
    assertEquals(2, sends.get(2).get().offset());
    assertEquals(0, sends.get(0).get().offset());
    ExecutionException failure = assertThrows(ExecutionException.class, thrower::get);
    assertEquals("mine", failure.getCause().getMessage());
  }

  @Test
  void whoLooksFindsWhatIsNotCompletedYet() throws Exception {
    List<SendFuture> sends = sends(5);
    CountDownLatch release = new CountDownLatch(1);
    sends.get(0).thenRun(() -> awaitUninterruptibly(release));
    submit(sends);
    awaitDone(sends.get(0));
    List<SendFuture> found = new ArrayList<>();
    completions.copyTo(found);
    assertTrue(found.containsAll(sends.subList(1, 5)));
    release.countDown();
    sends.get(4).get();
    do {
      found.clear();
      completions.copyTo(found);
    } while (!found.isEmpty());
  }

  @Test
  void nobodyButTheProducerCompletesAFuture() throws Exception {
    SendFuture send = sends(1).getFirst();
    assertFalse(send.cancel(true));
    assertFalse(send.complete(null));
    assertFalse(send.completeExceptionally(new KafkaException("not you")));
    assertThrows(UnsupportedOperationException.class, () -> send.obtrudeValue(null));
    assertThrows(
        UnsupportedOperationException.class, () -> send.obtrudeException(new KafkaException("")));
    assertThrows(UnsupportedOperationException.class, () -> send.completeAsync(() -> null));
    assertFalse(send.isDone());
    assertFalse(send.isCancelled());
    CompletableFuture<?> limited = send.orTimeout(1, TimeUnit.MILLISECONDS);
    ExecutionException late = assertThrows(ExecutionException.class, limited::get);
    assertEquals(TimeoutException.class, late.getCause().getClass());
    assertEquals(null, send.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS).get());
    assertFalse(send.isDone());
    submit(List.of(send));
    assertEquals(0, send.get().offset());
    assertFalse(send.cancel(true));
  }

  @Test
  void aFailureReachesDependents() {
    SendFuture send = SendFuture.ofFailure(new KafkaException("why"));
    ExecutionException failure = assertThrows(ExecutionException.class, send::get);
    assertEquals("why", failure.getCause().getMessage());
    assertEquals("why", send.exceptionNow().getMessage());
    assertNotEquals(null, send.handle((metadata, why) -> why).join());
  }

  /** Not by {@code get}, which would run dependents on this thread. */
  private static void awaitDone(SendFuture send) {
    while (!send.isDone()) {
      Thread.onSpinWait();
    }
  }

  private void submit(List<SendFuture> sends) {
    Completions.Batch batch = completions.open(1);
    sends.forEach(batch::add);
    completions.seal(batch);
    completions.submit(batch);
  }

  private static List<SendFuture> sends(int count) {
    Partition partition = new Partition(new TopicPartition("t", 0));
    List<SendFuture> sends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SendFuture send = new SendFuture();
      send.partition = partition;
      send.delivered(i, -1);
      sends.add(send);
    }
    return sends;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }
}
