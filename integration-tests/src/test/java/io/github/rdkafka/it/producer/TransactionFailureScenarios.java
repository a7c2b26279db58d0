package io.github.rdkafka.it.producer;

import static io.github.rdkafka.it.producer.TransactionStateScenarios.call;

import io.github.rdkafka.it.producer.TransactionScenario.Run;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Transactions that fail, and what can be done afterwards. */
final class TransactionFailureScenarios {
  static final List<TransactionScenario> ALL =
      List.of(
          new TransactionScenario(
              "a record that the client refuses", TransactionFailureScenarios::tooLarge),
          new TransactionScenario(
              "a record that the broker refuses", TransactionFailureScenarios::refused),
          new TransactionScenario(
              "refused while it is committed", TransactionFailureScenarios::refusedInCommit),
          new TransactionScenario(
              "an unknown partition", TransactionFailureScenarios::unknownPartition),
          new TransactionScenario(
              "refused without a transaction", TransactionFailureScenarios::noTransaction),
          new TransactionScenario(
              "a timeout that no broker takes", TransactionFailureScenarios::timeoutTooLong),
          new TransactionScenario(
              "closed after a failure", TransactionFailureScenarios::closeAfterFailure));

  private TransactionFailureScenarios() {}

  private static ProducerRecord<String, String> record(Run run, String value) {
    return new ProducerRecord<>(run.topic(), 0, "k", value);
  }

  private static void tooLarge(Run run, Observations seen) {
    try (Producer<String, String> producer = run.open("max.request.size", 2000)) {
      producer.initTransactions();
      producer.beginTransaction();
      Future<RecordMetadata> before = producer.send(record(run, "before"));
      producer.flush();
      seen.ofSend(
          "large", () -> producer.send(record(run, "x".repeat(3000)), seen.callback("large")));
      afterwards(producer, run, seen);
      seen.add("before", before.isDone());
    }
    TransactionDataScenarios.readBoth(run, seen);
  }

  /**
   * All calls in a transaction that has failed, the abort, and a transaction that does not.
   *
   * <p>The record that is refused goes to the other partition: that is not part of the transaction,
   * so that Kafka's producer cannot send it before the abort, which would be seen in the offsets.
   */
  private static void afterwards(Producer<String, String> producer, Run run, Observations seen) {
    failed(producer, run, seen);
    seen.of("abort", () -> call(producer::abortTransaction));
    seen.of("begin", () -> call(producer::beginTransaction));
    seen.ofSend("send", () -> producer.send(record(run, "next"), seen.callback("next")));
    seen.of("commit", () -> call(producer::commitTransaction));
  }

  private static void failed(Producer<String, String> producer, Run run, Observations seen) {
    seen.of("commit", () -> call(producer::commitTransaction));
    seen.ofSend(
        "send",
        () ->
            producer.send(
                new ProducerRecord<>(run.topic(), 1, "k", TransactionDataScenarios.REFUSED)));
    seen.of("offsets", () -> call(() -> offsets(producer, run)));
    seen.of("begin", () -> call(producer::beginTransaction));
    seen.of("init", () -> call(producer::initTransactions));
    seen.of("commit", () -> call(producer::commitTransaction));
  }

  @SuppressWarnings("removal") // the constructor is what users of Kafka's have
  private static void offsets(Producer<String, String> producer, Run run) {
    producer.sendOffsetsToTransaction(
        Map.of(new TopicPartition(run.topic(), 0), new OffsetAndMetadata(1)),
        new ConsumerGroupMetadata("group"));
  }

  private static void limit(Run run) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, run.topic());
    AlterConfigOp limit =
        new AlterConfigOp(new ConfigEntry("max.message.bytes", "2000"), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", run.kafka().bootstrapServers()))) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
    }
  }

  private static void refused(Run run, Observations seen) throws Exception {
    limit(run);
    try (Producer<String, String> producer = run.open()) {
      producer.initTransactions();
      producer.beginTransaction();
      seen.ofSend(
          "large", () -> producer.send(record(run, "x".repeat(5000)), seen.callback("large")));
      run.settle(producer);
      failed(producer, run, seen);
      seen.of("abort", () -> call(producer::abortTransaction));
    }
    TransactionDataScenarios.readBoth(run, seen);
  }

  private static void refusedInCommit(Run run, Observations seen) throws Exception {
    limit(run);
    try (Producer<String, String> producer = run.open("linger.ms", 20_000)) {
      producer.initTransactions();
      producer.beginTransaction();
      Future<RecordMetadata> large =
          producer.send(record(run, "x".repeat(5000)), seen.callback("large"));
      seen.of("commit", () -> call(producer::commitTransaction));
      seen.ofSend("large", () -> large);
      failed(producer, run, seen);
      seen.of("abort", () -> call(producer::abortTransaction));
    }
    TransactionDataScenarios.readBoth(run, seen);
  }

  private static void unknownPartition(Run run, Observations seen) {
    try (Producer<String, String> producer = run.open("max.block.ms", 4000)) {
      ProducerTests.repeat(producer::initTransactions);
      ProducerTests.awaitTopic(producer, run.topic());
      producer.beginTransaction();
      producer.send(record(run, "first"));
      producer.flush();
      seen.ofSend(
          "unknown",
          () ->
              producer.send(
                  new ProducerRecord<>(run.topic(), 9, "k", "v"), seen.callback("unknown")));
      afterwards(producer, run, seen);
    }
    TransactionDataScenarios.readBoth(run, seen);
  }

  private static void noTransaction(Run run, Observations seen) {
    try (Producer<String, String> producer = run.open("max.request.size", 2000)) {
      seen.ofSend(
          "large", () -> producer.send(record(run, "x".repeat(3000)), seen.callback("large")));
      seen.of("init", () -> call(producer::initTransactions));
      seen.ofSend(
          "large", () -> producer.send(record(run, "x".repeat(3000)), seen.callback("large")));
      seen.of("begin", () -> call(producer::beginTransaction));
      seen.of("abort", () -> call(producer::abortTransaction));
    }
  }

  private static void timeoutTooLong(Run run, Observations seen) {
    try (Producer<String, String> producer = run.open("transaction.timeout.ms", 2_000_000_000)) {
      seen.of("init", () -> call(producer::initTransactions));
      seen.of("init", () -> call(producer::initTransactions));
      seen.of("begin", () -> call(producer::beginTransaction));
      seen.of("abort", () -> call(producer::abortTransaction));
      seen.ofSend("send", () -> producer.send(record(run, "v")));
    }
  }

  private static void closeAfterFailure(Run run, Observations seen) {
    Producer<String, String> producer = run.open("max.request.size", 2000);
    producer.initTransactions();
    producer.beginTransaction();
    Future<RecordMetadata> sent = producer.send(record(run, "v"));
    producer.flush();
    seen.ofSend("large", () -> producer.send(record(run, "x".repeat(3000))));
    seen.of("close", () -> call(producer::close));
    seen.ofSend("sent", () -> sent);
    TransactionDataScenarios.readBoth(run, seen);
  }
}
