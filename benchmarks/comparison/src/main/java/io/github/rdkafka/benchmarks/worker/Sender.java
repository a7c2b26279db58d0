package io.github.rdkafka.benchmarks.worker;

import io.github.rdkafka.benchmarks.Payload;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What one thread sends. */
final class Sender {
  private static final int CLOCK_EVERY = 64;
  private static final int LARGE = 10_000;
  private static final long WINDOW_FULL_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Payload payload;
  private final boolean keys;
  private final boolean headers;
  private final boolean futures;
  private final long window;
  private final int clockEvery;
  private final AtomicReference<Throwable> failure;
  private final Callback callback = this::onAcknowledgement;
  private final Queue<Future<RecordMetadata>> pending = new ArrayDeque<>();
  // Of the client's one thread that runs callbacks; or of this one, with futures.
  private final AtomicLong acknowledged = new AtomicLong();
  private long sent;

  Sender(
      Producer<byte[], byte[]> producer,
      Spec spec,
      Payload payload,
      AtomicReference<Throwable> failure) {
    this.producer = producer;
    this.topic = spec.text("topic");
    this.payload = payload;
    this.keys = spec.flag("keys");
    this.headers = spec.flag("headers");
    this.futures = spec.flag("futures");
    this.window = spec.number("window");
    this.clockEvery = spec.number("size") > LARGE ? 1 : CLOCK_EVERY;
    this.failure = failure;
  }

  long sent() {
    return sent;
  }

  long acknowledged() {
    return acknowledged.get();
  }

  void sendAndWait() throws ExecutionException, InterruptedException {
    producer.send(next()).get();
  }

  /**
   * As fast as it goes.
   *
   * @param most how many records; 0 for as many as the time allows, which else does not matter
   */
  void flood(long millis, long most) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while ((most > 0 ? sent < most : System.nanoTime() < end) && failure.get() == null) {
      for (long left = most > 0 ? Math.min(most - sent, clockEvery) : clockEvery;
          left > 0;
          left--) {
        send();
      }
    }
    while (!pending.isEmpty()) {
      await(pending.remove());
    }
  }

  private void send() {
    if (!futures) {
      awaitWindow();
      producer.send(next(), callback);
      return;
    }
    pending.add(producer.send(next()));
    if (pending.size() > window) {
      await(pending.remove());
    }
  }

  private void awaitWindow() {
    while (window > 0 && sent - acknowledged.get() >= window && failure.get() == null) {
      LockSupport.parkNanos(WINDOW_FULL_NANOS);
    }
  }

  private void await(Future<RecordMetadata> future) {
    try {
      onAcknowledgement(future.get(), null);
    } catch (ExecutionException e) {
      onAcknowledgement(null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      onAcknowledgement(null, e);
    }
  }

  /**
   * So many records a second, those of each millisecond together. Latency counts from the moment
   * when they were due, so that a client that holds up the sender does not look better for it.
   *
   * @param histogram null in the warm-up
   */
  void pace(long millis, long rate, Histogram histogram) {
    long begin = System.nanoTime();
    for (long tick = 0; tick < millis && failure.get() == null; tick++) {
      long due = begin + tick * TICK_NANOS;
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      for (long target = (tick + 1) * rate / 1000; sent < target; ) {
        producer.send(
            next(),
            (metadata, exception) -> {
              if (histogram != null) {
                histogram.recordValue(System.nanoTime() - due);
              }
              onAcknowledgement(metadata, exception);
            });
      }
    }
  }

  private ProducerRecord<byte[], byte[]> next() {
    byte[] key = keys ? payload.key(sent) : null;
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, payload.value(sent));
    if (headers) {
      record.headers().add(Payload.HEADER_NAME, payload.header());
    }
    sent++;
    return record;
  }

  private void onAcknowledgement(RecordMetadata metadata, Exception exception) {
    if (exception == null) {
      acknowledged.lazySet(acknowledged.get() + 1);
    } else {
      failure.compareAndSet(null, exception);
    }
  }
}
