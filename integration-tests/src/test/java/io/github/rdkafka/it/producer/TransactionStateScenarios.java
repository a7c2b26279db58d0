package io.github.rdkafka.it.producer;

import io.github.rdkafka.it.producer.TransactionScenario.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** What may be called when. */
final class TransactionStateScenarios {
  static final List<TransactionScenario> ALL =
      List.of(
          new TransactionScenario("every call in every state", TransactionStateScenarios::states),
          new TransactionScenario("sends in every state", TransactionStateScenarios::sends),
          new TransactionScenario("empty transactions", TransactionStateScenarios::empty),
          new TransactionScenario(
              "a producer without transactions", TransactionStateScenarios::noTransactions),
          new TransactionScenario("after close", TransactionStateScenarios::closed),
          new TransactionScenario("no broker", TransactionStateScenarios::noBroker),
          new TransactionScenario("interrupted", TransactionStateScenarios::interrupted),
          new TransactionScenario("no time", TransactionStateScenarios::noTime));

  private TransactionStateScenarios() {}

  private static void states(Run run, Observations seen) {
    try (Producer<String, String> producer = run.open()) {
      everyCallBut("initTransactions", producer, run, seen);
      seen.of("init", () -> call(producer::initTransactions));
      everyCallBut("beginTransaction", producer, run, seen);
      seen.of("begin", () -> call(producer::beginTransaction));
      seen.of("init", () -> call(producer::initTransactions));
      seen.of("begin", () -> call(producer::beginTransaction));
      seen.ofSend("send", () -> producer.send(new ProducerRecord<>(run.topic(), 0, "k", "v")));
      seen.of("commit", () -> call(producer::commitTransaction));
      everyCallBut("beginTransaction", producer, run, seen);
      seen.of("begin", () -> call(producer::beginTransaction));
      seen.of("abort", () -> call(producer::abortTransaction));
      everyCallBut("beginTransaction", producer, run, seen);
    }
    seen.read();
  }

  private static void everyCallBut(
      String allowed, Producer<String, String> producer, Run run, Observations seen) {
    if (!allowed.equals("initTransactions")) {
      seen.of("init", () -> call(producer::initTransactions));
    }
    if (!allowed.equals("beginTransaction")) {
      seen.of("begin", () -> call(producer::beginTransaction));
    }
    seen.of("offsets", () -> call(() -> offsets(producer, run)));
    seen.of("commit", () -> call(producer::commitTransaction));
    seen.of("abort", () -> call(producer::abortTransaction));
  }

  private static void send(Producer<String, String> producer, Run run, Observations seen) {
    seen.ofSend("send", () -> producer.send(new ProducerRecord<>(run.topic(), 0, "k", "v")));
  }

  /** Kafka keeps a record that it refuses to take, and cannot be closed in time then. */
  private static void sends(Run run, Observations seen) {
    Producer<String, String> fresh = run.open();
    send(fresh, run, seen);
    fresh.close(Duration.ZERO);
    send(fresh, run, seen);
    Producer<String, String> ready = run.open();
    ready.initTransactions();
    send(ready, run, seen);
    ready.close(Duration.ZERO);
    Producer<String, String> used = run.open();
    used.initTransactions();
    used.beginTransaction();
    send(used, run, seen);
    used.commitTransaction();
    send(used, run, seen);
    used.close(Duration.ZERO);
    seen.read();
  }

  @SuppressWarnings("removal") // the constructor is what users of Kafka's have
  private static void offsets(Producer<String, String> producer, Run run) {
    producer.sendOffsetsToTransaction(
        Map.of(new TopicPartition(run.topic(), 0), new OffsetAndMetadata(1)),
        new ConsumerGroupMetadata("group"));
  }

  static String call(Runnable call) {
    call.run();
    return "done";
  }

  private static void empty(Run run, Observations seen) {
    try (Producer<String, String> producer = run.open()) {
      producer.initTransactions();
      for (int i = 0; i < 3; i++) {
        seen.of("begin", () -> call(producer::beginTransaction));
        seen.of("commit", () -> call(producer::commitTransaction));
        seen.of("begin", () -> call(producer::beginTransaction));
        seen.of("abort", () -> call(producer::abortTransaction));
      }
    }
  }

  private static void noTransactions(Run run, Observations seen) {
    for (boolean idempotent : new boolean[] {true, false}) {
      try (Producer<String, String> producer =
          run.open("transactional.id", "", "enable.idempotence", idempotent)) {
        everyCallBut("", producer, run, seen);
        seen.of("no metadata", () -> call(() -> producer.sendOffsetsToTransaction(Map.of(), null)));
      }
    }
  }

  private static void closed(Run run, Observations seen) {
    Producer<String, String> producer = run.open();
    producer.initTransactions();
    producer.beginTransaction();
    producer.close(Duration.ZERO);
    everyCallBut("", producer, run, seen);
    Producer<String, String> plain = run.open("transactional.id", "", "enable.idempotence", false);
    plain.close();
    everyCallBut("", plain, run, seen);
  }

  private static void noBroker(Run run, Observations seen) {
    Producer<String, String> producer = run.openAt(ProducerTests.NOWHERE, "max.block.ms", 300);
    everyCallBut("", producer, run, seen);
    seen.of("init again", () -> call(producer::initTransactions));
    producer.close(Duration.ZERO);
    everyCallBut("", producer, run, seen);
  }

  private static void interrupted(Run run, Observations seen) {
    try (Producer<String, String> producer = run.open()) {
      interrupt(seen, "init", producer::initTransactions);
      seen.of("begin", () -> call(producer::beginTransaction));
      seen.of("init", () -> call(producer::initTransactions));
      interrupt(seen, "begin", producer::beginTransaction);
      interrupt(seen, "offsets", () -> offsets(producer, run));
      seen.ofSend("send", () -> producer.send(new ProducerRecord<>(run.topic(), 0, "k", "v")));
      interrupt(seen, "commit", producer::commitTransaction);
      seen.of("abort", () -> call(producer::abortTransaction));
      seen.of("commit", () -> call(producer::commitTransaction));
      seen.of("begin", () -> call(producer::beginTransaction));
      interrupt(seen, "abort", producer::abortTransaction);
      seen.of("commit", () -> call(producer::commitTransaction));
      seen.of("abort", () -> call(producer::abortTransaction));
    }
  }

  private static void interrupt(Observations seen, String what, Runnable call) {
    Thread.currentThread().interrupt();
    seen.of(what, () -> call(call));
    seen.add("flag", Thread.interrupted());
  }

  private static void noTime(Run run, Observations seen) {
    // a thread that the system takes its time with could see the answer
    run.kafka().pause(1);
    Producer<String, String> producer = run.open("max.block.ms", 0);
    try {
      seen.of("init", () -> call(producer::initTransactions));
      seen.of("commit", () -> call(producer::commitTransaction));
      run.kafka().resume(1);
      ProducerTests.until(
          () -> {
            try {
              producer.initTransactions();
              return true;
            } catch (org.apache.kafka.common.errors.TimeoutException notYet) {
              return false;
            }
          },
          () -> "never initialized");
      seen.of("begin", () -> call(producer::beginTransaction));
    } finally {
      run.kafka().resume(1);
      producer.close(Duration.ZERO);
    }
  }
}
