package io.github.rdkafka.it.producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** When callbacks come, in which order, and what they may do. */
final class CallbackScenarios {
  static final List<Scenario> ALL =
      List.of(
          Scenario.of("order within a partition", 1, CallbackScenarios::order),
          Scenario.of("the callback comes before the future", 1, CallbackScenarios::beforeFuture),
          Scenario.of("callbacks that throw", 1, CallbackScenarios::throwing),
          Scenario.of(
              "a callback that throws on the sender's thread",
              1,
              Map.of("max.request.size", 1000),
              CallbackScenarios::throwingOnTheSender),
          Scenario.of("sending in a callback", 1, CallbackScenarios::sending),
          Scenario.of("flush in a callback", 1, CallbackScenarios::flushing),
          Scenario.of(
              "flush waits for what was sent",
              3,
              Map.of("linger.ms", 60_000, "delivery.timeout.ms", 120_000),
              CallbackScenarios::flush),
          Scenario.of("close in a callback", 1, CallbackScenarios::closing),
          Scenario.of(
              "close waits for what was sent",
              1,
              Map.of("linger.ms", 60_000, "delivery.timeout.ms", 120_000),
              CallbackScenarios::close),
          Scenario.of("cancel", 1, Map.of("linger.ms", 500), CallbackScenarios::cancel),
          Scenario.of("callbacks' thread", 1, CallbackScenarios::thread));

  private CallbackScenarios() {}

  private static ProducerRecord<Object, Object> record(Observations seen, Object value) {
    return new ProducerRecord<>(seen.topic(), "k", value);
  }

  private static void order(Producer<Object, Object> producer, Observations seen) {
    for (int i = 0; i < 1_000; i++) {
      producer.send(record(seen, "v" + i), seen.callback("" + i));
    }
    producer.flush();
  }

  private static void beforeFuture(Producer<Object, Object> producer, Observations seen)
      throws Exception {
    List<Future<RecordMetadata>> future = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      seen.ofSend("sent", () -> producer.send(record(seen, "v"), seen.callback("callback")));
    }
    seen.add("none", future.size());
  }

  private static void throwing(Producer<Object, Object> producer, Observations seen) {
    List<Future<RecordMetadata>> futures = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      futures.add(
          producer.send(
              record(seen, "v" + i),
              (metadata, exception) -> {
                seen.add("callback", number);
                if (number == 1) {
                  throw new IllegalStateException("mine");
                }
              }));
    }
    producer.flush();
    futures.forEach(future -> seen.ofSend("future", () -> future));
  }

  private static void throwingOnTheSender(Producer<Object, Object> producer, Observations seen) {
    seen.ofSend(
        "sent",
        () ->
            producer.send(
                record(seen, new byte[2000]),
                (metadata, exception) -> {
                  seen.add("callback", Observations.describe(exception));
                  throw new IllegalStateException("mine");
                }));
    seen.ofSend("later", () -> producer.send(record(seen, "v")));
  }

  private static void sending(Producer<Object, Object> producer, Observations seen) {
    sendAgain(producer, seen, 5);
    ProducerTests.until(() -> seen.lines().size() == 5, () -> "saw " + seen.lines());
    producer.flush();
    seen.read();
  }

  private static void sendAgain(Producer<Object, Object> producer, Observations seen, int times) {
    producer.send(
        record(seen, "v" + times),
        (metadata, exception) -> {
          if (times > 1) {
            sendAgain(producer, seen, times - 1);
          }
          seen.add("callback " + times, Observations.describe(metadata));
        });
  }

  private static void flushing(Producer<Object, Object> producer, Observations seen) {
    producer.send(
        record(seen, "v"),
        (metadata, exception) ->
            seen.of(
                "flush",
                () -> {
                  producer.flush();
                  return "flushed";
                }));
    producer.flush();
  }

  private static void flush(Producer<Object, Object> producer, Observations seen) {
    List<Future<RecordMetadata>> futures = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      futures.add(producer.send(new ProducerRecord<>(seen.topic(), i % 3, "k", "v")));
    }
    producer.flush();
    futures.forEach(future -> seen.add("done", future.isDone()));
    futures.forEach(future -> seen.ofSend("sent", () -> future));
    producer.flush();
    producer.flush();
  }

  private static void closing(Producer<Object, Object> producer, Observations seen) {
    producer.send(
        record(seen, "v"),
        (metadata, exception) ->
            seen.of(
                "close",
                () -> {
                  producer.close(Duration.ofMinutes(5));
                  return "closed";
                }));
    ProducerTests.until(() -> seen.lines().size() == 1, () -> "saw " + seen.lines());
    seen.ofSend("later", () -> producer.send(record(seen, "v")));
  }

  private static void close(Producer<Object, Object> producer, Observations seen) {
    List<Future<RecordMetadata>> futures = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      futures.add(producer.send(record(seen, "v"), seen.callback("" + i)));
    }
    producer.close();
    futures.forEach(future -> seen.add("done", future.isDone()));
    futures.forEach(future -> seen.ofSend("sent", () -> future));
    seen.read();
  }

  private static void cancel(Producer<Object, Object> producer, Observations seen) {
    Future<RecordMetadata> future = producer.send(record(seen, "v"), seen.callback("cancelled"));
    seen.add("cancel", future.cancel(true));
    seen.add("cancelled", future.isCancelled());
    producer.flush();
    seen.ofSend("sent", () -> future);
    seen.add("cancel", future.cancel(true));
    seen.add("cancelled", future.isCancelled());
  }

  private static void thread(Producer<Object, Object> producer, Observations seen) {
    producer.send(
        record(seen, "v"),
        (metadata, exception) -> {
          String name = Thread.currentThread().getName();
          seen.add("thread", name.substring(0, name.indexOf('|')));
          seen.add("daemon", Thread.currentThread().isDaemon());
        });
    producer.flush();
  }
}
