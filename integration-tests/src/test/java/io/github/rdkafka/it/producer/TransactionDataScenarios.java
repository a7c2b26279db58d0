package io.github.rdkafka.it.producer;

import io.github.rdkafka.it.producer.TransactionScenario.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What becomes of the records of a transaction. */
final class TransactionDataScenarios {
  static final List<TransactionScenario> ALL =
      List.of(
          new TransactionScenario(
              "committed and aborted in turn", TransactionDataScenarios::inTurn),
          new TransactionScenario(
              "a commit waits for callbacks", TransactionDataScenarios::callbacks),
          new TransactionScenario("flush in between", TransactionDataScenarios::flush),
          new TransactionScenario(
              "closed with an open transaction", TransactionDataScenarios::closeOpen),
          new TransactionScenario(
              "closed at once with an open transaction", TransactionDataScenarios::closeAtOnce));

  /** The value of a record whose {@code send} throws, as the transaction has failed. */
  static final String REFUSED = "refused";

  private TransactionDataScenarios() {}

  private static ProducerRecord<String, String> record(Run run, int partition, String value) {
    return new ProducerRecord<>(run.topic(), partition, "k", value);
  }

  private static void inTurn(Run run, Observations seen) throws Exception {
    try (Producer<String, String> producer = run.open()) {
      producer.initTransactions();
      for (int i = 0; i < 6; i++) {
        producer.beginTransaction();
        Future<RecordMetadata> first = producer.send(record(run, 0, "a" + i));
        Future<RecordMetadata> second = producer.send(record(run, 1, "b" + i));
        if (i % 2 == 0) {
          producer.commitTransaction();
          seen.add("done", first.isDone() && second.isDone());
        } else {
          producer.flush();
          producer.abortTransaction();
        }
        seen.ofSend("first", () -> first);
        seen.ofSend("second", () -> second);
      }
    }
    readBoth(run, seen);
  }

  /**
   * What readers see, but for {@link #REFUSED}: Kafka's producer keeps such a record and sends it
   * now and then before the abort.
   */
  static void readBoth(Run run, Observations seen) {
    for (String isolation : List.of("read_uncommitted", "read_committed")) {
      List<String> values = TransactionReader.read(run.kafka(), run.topic(), isolation);
      seen.add(isolation, values.stream().filter(value -> !value.equals(REFUSED)).toList());
    }
  }

  private static void callbacks(Run run, Observations seen) {
    try (Producer<String, String> producer = run.open("linger.ms", 20_000)) {
      producer.initTransactions();
      producer.beginTransaction();
      AtomicInteger called = new AtomicInteger();
      List<Future<RecordMetadata>> sends = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        sends.add(
            producer.send(
                record(run, i % 2, "v" + i),
                (metadata, exception) -> {
                  java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                  called.incrementAndGet();
                  throw new IllegalStateException("a callback that fails");
                }));
      }
      producer.commitTransaction();
      seen.add("called", called.get());
      seen.add("done", sends.stream().filter(Future::isDone).count());
    }
    readBoth(run, seen);
  }

  private static void flush(Run run, Observations seen) {
    try (Producer<String, String> producer = run.open("linger.ms", 20_000)) {
      producer.initTransactions();
      producer.beginTransaction();
      Future<RecordMetadata> send = producer.send(record(run, 0, "v"));
      producer.flush();
      seen.add("done", send.isDone());
      seen.add("before", TransactionReader.read(run.kafka(), run.topic(), "read_uncommitted"));
      producer.commitTransaction();
    }
    readBoth(run, seen);
  }

  private static void closeOpen(Run run, Observations seen) {
    Producer<String, String> producer = run.open("linger.ms", 20_000);
    producer.initTransactions();
    producer.beginTransaction();
    Future<RecordMetadata> send = producer.send(record(run, 0, "v"), seen.callback("send"));
    producer.close(Duration.ofSeconds(30));
    seen.add("done", send.isDone());
    seen.ofSend("send", () -> send);
    readBoth(run, seen);
  }

  private static void closeAtOnce(Run run, Observations seen) {
    Producer<String, String> producer = run.open("linger.ms", 20_000);
    producer.initTransactions();
    producer.beginTransaction();
    Future<RecordMetadata> send = producer.send(record(run, 0, "v"), seen.callback("send"));
    producer.close(Duration.ZERO);
    seen.add("done", send.isDone());
    seen.ofSend("send", () -> send);
    try (Producer<String, String> successor = run.open()) {
      successor.initTransactions();
    }
    // whether Kafka's sender thread still gets a batch out is a matter of luck
    seen.add("read_committed", TransactionReader.read(run.kafka(), run.topic(), "read_committed"));
  }
}
