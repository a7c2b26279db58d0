package io.github.rdkafka.it.producer;

import static io.github.rdkafka.it.producer.TransactionStateScenarios.call;

import io.github.rdkafka.it.producer.TransactionScenario.Run;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** A producer whose place another one takes, and every way to learn of it. */
final class TransactionFencingScenarios {
  static final List<TransactionScenario> ALL =
      List.of(
          fencing("a record", TransactionFencingScenarios::send),
          fencing("offsets", TransactionFencingScenarios::offsets),
          fencing("a commit", (producer, run) -> call(producer::commitTransaction)),
          fencing("an abort", (producer, run) -> call(producer::abortTransaction)));

  /** What a fenced producer does first. */
  private interface First {
    Object run(Producer<String, String> producer, Run run) throws Exception;
  }

  private TransactionFencingScenarios() {}

  private static TransactionScenario fencing(String name, First first) {
    return new TransactionScenario(
        "fenced, learnt by " + name, (run, seen) -> fenced(run, seen, first));
  }

  private static void fenced(Run run, Observations seen, First first) {
    try (Producer<String, String> fenced = run.open();
        Producer<String, String> successor = run.open()) {
      fenced.initTransactions();
      fenced.beginTransaction();
      fenced.send(record(run, "fenced"));
      fenced.flush();
      successor.initTransactions();
      seen.of("first", () -> first.run(fenced, run));
      calls(fenced, run, seen);
      seen.of("abort", () -> call(fenced::abortTransaction));
      calls(fenced, run, seen);
      successor.beginTransaction();
      successor.send(record(run, "successor"));
      successor.commitTransaction();
    }
    TransactionDataScenarios.readBoth(run, seen);
  }

  private static void calls(Producer<String, String> producer, Run run, Observations seen) {
    seen.of("commit", () -> call(producer::commitTransaction));
    seen.ofSend("send", () -> producer.send(record(run, "later")));
    seen.of("offsets", () -> offsets(producer, run));
    seen.of("begin", () -> call(producer::beginTransaction));
    seen.of("init", () -> call(producer::initTransactions));
  }

  private static Object send(Producer<String, String> producer, Run run) throws Exception {
    Future<RecordMetadata> refused = producer.send(record(run, "refused"));
    try {
      return refused.get();
    } finally {
      run.settle(producer);
    }
  }

  @SuppressWarnings("removal") // the constructor is what users of Kafka's have
  private static Object offsets(Producer<String, String> producer, Run run) {
    return call(
        () ->
            producer.sendOffsetsToTransaction(
                Map.of(new TopicPartition(run.topic(), 0), new OffsetAndMetadata(1)),
                new ConsumerGroupMetadata("group")));
  }

  private static ProducerRecord<String, String> record(Run run, String value) {
    return new ProducerRecord<>(run.topic(), 0, "k", value);
  }
}
