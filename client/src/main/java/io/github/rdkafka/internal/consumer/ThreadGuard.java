package io.github.rdkafka.internal.consumer;

import java.util.ConcurrentModificationException;
import java.util.concurrent.atomic.AtomicReference;

/** Lets one thread at a time into the consumer, that thread as often as it likes. */
final class ThreadGuard {
  private final AtomicReference<Thread> owner = new AtomicReference<>();
  private int depth;

  void acquire() {
    Thread current = Thread.currentThread();
    Thread holder = owner.get();
    if (holder != current && !owner.compareAndSet(null, current)) {
      throw new ConcurrentModificationException(
          "KafkaConsumer is not safe for multi-threaded access. currentThread(name: "
              + current.getName()
              + ", id: "
              + current.threadId()
              + ") otherThread("
              + (holder == null ? "" : "name: " + holder.getName() + ", ")
              + "id: "
              + (holder == null ? "unknown" : holder.threadId())
              + ")");
    }
    depth++;
  }

  void release() {
    if (--depth == 0) {
      owner.set(null);
    }
  }

  /** Whether the current thread entered more than once: it comes out of a callback. */
  boolean isNested() {
    return depth > 1;
  }
}
