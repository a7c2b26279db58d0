package io.github.rdkafka.internal.producer;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The {@link ProduceCall}s of one producer. A thread takes one for the moment of a call and usually
 * finds the one it had before; there are never many more than threads that run at once, be the
 * threads platform's or virtual, and all go with the producer.
 */
final class ProduceCalls implements AutoCloseable {
  private static final int PADDING = 16;
  private static final int STRIPES =
      Integer.highestOneBit(Math.max(16, Runtime.getRuntime().availableProcessors() * 4));

  private final AtomicReferenceArray<ProduceCall> idle =
      new AtomicReferenceArray<>(STRIPES * PADDING);

  /** Takes one; it must come back through {@link #giveBack}, by the same thread. */
  ProduceCall take() {
    int home = home();
    for (int i = 0; i < STRIPES; i++) {
      int index = ((home + i) & (STRIPES - 1)) * PADDING;
      ProduceCall call = idle.get(index);
      if (call != null && idle.compareAndSet(index, call, null)) {
        return call;
      }
    }
    return new ProduceCall();
  }

  void giveBack(ProduceCall call) {
    int home = home();
    for (int i = 0; i < STRIPES; i++) {
      int index = ((home + i) & (STRIPES - 1)) * PADDING;
      if (idle.get(index) == null && idle.compareAndSet(index, null, call)) {
        return;
      }
    }
    call.close();
  }

  private static int home() {
    return (int) Thread.currentThread().threadId() & (STRIPES - 1);
  }

  /** Frees them all; no thread may hold one any more. */
  @Override
  public void close() {
    for (int i = 0; i < STRIPES; i++) {
      ProduceCall call = idle.getAndSet(i * PADDING, null);
      if (call != null) {
        call.close();
      }
    }
  }
}
