package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The asynchronous calls of one client whose answers come as events on its main queue: commits and
 * administrative look-ups. The number of a call travels through librdkafka as its opaque pointer.
 *
 * <p>Futures complete on the event loop's thread; whoever waits for one does so in Java, where
 * deadlines, wake-ups and interrupts work.
 */
public final class AsyncCalls {
  private record Call<T>(CompletableFuture<T> future, Function<MemorySegment, T> reader) {
    void answer(MemorySegment event) {
      try {
        future.complete(reader.apply(event));
      } catch (Throwable failure) {
        future.completeExceptionally(failure);
      }
    }
  }

  /** Issues the native call; {@code opaque} is to come back with its answer. */
  @FunctionalInterface
  public interface Starter {
    void start(MemorySegment opaque);
  }

  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentHashMap<Long, Call<?>> calls = new ConcurrentHashMap<>();
  private volatile RuntimeException closed;

  /**
   * Starts a call.
   *
   * @param reader reads the answer's event on the event loop's thread; what it throws fails the
   *     future
   */
  public <T> CompletableFuture<T> start(Function<MemorySegment, T> reader, Starter starter) {
    CompletableFuture<T> future = new CompletableFuture<>();
    long number = numbers.incrementAndGet();
    calls.put(number, new Call<>(future, reader));
    RuntimeException over = closed;
    try {
      if (over != null) {
        throw over;
      }
      starter.start(MemorySegment.ofAddress(number));
    } catch (RuntimeException failure) {
      calls.remove(number);
      future.completeExceptionally(failure);
    }
    return future;
  }

  /** Completes the call that {@code event} answers; on the event loop's thread. */
  public void answer(MemorySegment event) {
    Call<?> call = calls.remove(rd_kafka_event_opaque(event).address());
    if (call != null) {
      call.answer(event);
    }
  }

  /** Fails every call that is still open, and every later one. */
  public void close(RuntimeException reason) {
    closed = reason;
    calls.values().forEach(call -> call.future().completeExceptionally(reason));
    calls.clear();
  }
}
