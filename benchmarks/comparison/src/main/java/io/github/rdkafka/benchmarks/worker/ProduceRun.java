package io.github.rdkafka.benchmarks.worker;

import io.github.rdkafka.benchmarks.BenchmarkException;
import io.github.rdkafka.benchmarks.Measurement;
import io.github.rdkafka.benchmarks.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.Producer;

/** First acknowledgement, warm-up, measured phase. */
final class ProduceRun {
  private static final long LONGEST_LATENCY = TimeUnit.MINUTES.toNanos(2);

  private final Spec spec;
  private final Payload payload;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Histogram latencies = new Histogram(LONGEST_LATENCY, 3);

  ProduceRun(Spec spec) {
    this.spec = spec;
    this.payload = new Payload((int) spec.number("size"));
  }

  Measurement run() throws Exception {
    long rate = spec.number("rate");
    try (Producer<byte[], byte[]> producer = Clients.producer(spec.contender(), spec.config())) {
      Sender first = new Sender(producer, spec, payload, failure);
      first.sendAndWait();
      double firstMillis = spec.millisSinceFork();

      long warmUp = phase(producer, spec.number("warmup.millis"), 0, rate, null);
      Meter meter = new Meter();
      meter.begin();
      long records =
          phase(producer, spec.number("measured.millis"), spec.number("records"), rate, latencies);
      meter.end();
      return meter.measurement(
          records, 1 + warmUp + records, firstMillis, 0, rate == 0 ? null : latencies);
    }
  }

  /**
   * All threads send until the time is over, or each has sent its records if there are any to send.
   * Then everything is awaited.
   */
  private long phase(
      Producer<byte[], byte[]> producer, long millis, long records, long rate, Histogram histogram)
      throws InterruptedException {
    List<Sender> senders = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (long i = 0; i < spec.number("threads"); i++) {
      Sender sender = new Sender(producer, spec, payload, failure);
      Runnable task =
          rate == 0
              ? () -> sender.flood(millis, records)
              : () -> sender.pace(millis, rate, histogram);
      Thread.Builder builder = spec.flag("virtual") ? Thread.ofVirtual() : Thread.ofPlatform();
      senders.add(sender);
      threads.add(builder.name("sender-" + i).start(task));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    producer.flush();
    if (failure.get() != null) {
      throw new BenchmarkException("a record was not delivered", failure.get());
    }
    long sent = senders.stream().mapToLong(Sender::sent).sum();
    long acknowledged = senders.stream().mapToLong(Sender::acknowledged).sum();
    if (sent != acknowledged) {
      throw new BenchmarkException("flushed, and " + (sent - acknowledged) + " are outstanding");
    }
    return sent;
  }
}
