package io.github.rdkafka.it.producer;

import static io.github.rdkafka.it.producer.TransactionStateScenarios.call;

import io.github.rdkafka.it.producer.TransactionScenario.Run;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A consumer group's offsets as part of a transaction. */
@SuppressWarnings("removal") // the constructor is what users of Kafka's have
final class TransactionOffsetScenarios {
  static final List<TransactionScenario> ALL =
      List.of(
          new TransactionScenario("offsets of no member", TransactionOffsetScenarios::noMember),
          new TransactionScenario(
              "offsets of a member, classic", (run, seen) -> member(run, seen, "classic")),
          new TransactionScenario(
              "offsets of a member, consumer", (run, seen) -> member(run, seen, "consumer")),
          new TransactionScenario(
              "a member that is no more, classic", (run, seen) -> stale(run, seen, "classic")),
          new TransactionScenario(
              "a member that is no more, consumer", (run, seen) -> stale(run, seen, "consumer")),
          new TransactionScenario("a fenced static member", TransactionOffsetScenarios::fenced),
          new TransactionScenario("bad arguments", TransactionOffsetScenarios::badArguments));

  private TransactionOffsetScenarios() {}

  private static TopicPartition partition(Run run, int number) {
    return new TopicPartition(run.topic(), number);
  }

  private static void noMember(Run run, Observations seen) {
    String group = "g-" + UUID.randomUUID();
    try (Producer<String, String> producer = run.open()) {
      producer.initTransactions();
      producer.beginTransaction();
      seen.of(
          "sent",
          () ->
              call(
                  () ->
                      producer.sendOffsetsToTransaction(
                          Map.of(
                              partition(run, 0), new OffsetAndMetadata(3),
                              partition(run, 1), new OffsetAndMetadata(4, Optional.of(0), "é €")),
                          new ConsumerGroupMetadata(group))));
      producer.abortTransaction();
      committed(run, seen, group);
      producer.beginTransaction();
      producer.sendOffsetsToTransaction(
          Map.of(partition(run, 0), new OffsetAndMetadata(5, Optional.of(0), "of the first")),
          new ConsumerGroupMetadata(group));
      producer.send(new ProducerRecord<>(run.topic(), 0, "k", "v"));
      producer.sendOffsetsToTransaction(
          Map.of(partition(run, 1), new OffsetAndMetadata(6)), new ConsumerGroupMetadata(group));
      producer.commitTransaction();
      committed(run, seen, group);
    }
    TransactionDataScenarios.readBoth(run, seen);
  }

  private static void committed(Run run, Observations seen, String group) {
    try (KafkaConsumer<String, String> consumer = consumer(run, group, "classic")) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          consumer.committed(Set.of(partition(run, 0), partition(run, 1)));
      seen.add("committed 0", committed.get(partition(run, 0)));
      seen.add("committed 1", committed.get(partition(run, 1)));
    }
  }

  private static KafkaConsumer<String, String> consumer(
      Run run, String group, String protocol, Object... overrides) {
    Map<String, Object> config = new HashMap<>(ProducerTests.config(run.kafka(), overrides));
    config.put("group.id", group);
    config.put("group.protocol", protocol);
    config.put("enable.auto.commit", false);
    return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
  }

  private static void join(Run run, KafkaConsumer<String, String> consumer) {
    consumer.subscribe(List.of(run.topic()));
    ProducerTests.until(
        () -> {
          consumer.poll(Duration.ofMillis(50));
          return !consumer.assignment().isEmpty();
        },
        () -> "nothing assigned");
  }

  private static void member(Run run, Observations seen, String protocol) {
    String group = "g-" + UUID.randomUUID();
    try (Producer<String, String> producer = run.open();
        KafkaConsumer<String, String> consumer = consumer(run, group, protocol)) {
      join(run, consumer);
      producer.initTransactions();
      producer.beginTransaction();
      seen.of("sent", () -> call(() -> send(producer, run, consumer.groupMetadata())));
      seen.of("commit", () -> call(producer::commitTransaction));
    }
    committed(run, seen, group);
  }

  private static void send(
      Producer<String, String> producer, Run run, ConsumerGroupMetadata metadata) {
    producer.sendOffsetsToTransaction(
        Map.of(partition(run, 0), new OffsetAndMetadata(7)), metadata);
  }

  private static void stale(Run run, Observations seen, String protocol) {
    String group = "g-" + UUID.randomUUID();
    try (Producer<String, String> producer = run.open();
        KafkaConsumer<String, String> consumer = consumer(run, group, protocol)) {
      join(run, consumer);
      ConsumerGroupMetadata present = consumer.groupMetadata();
      producer.initTransactions();
      ConsumerGroupMetadata otherGeneration =
          new ConsumerGroupMetadata(
              group, present.generationId() + 7, present.memberId(), Optional.empty());
      ConsumerGroupMetadata otherMember =
          new ConsumerGroupMetadata(group, present.generationId(), "nobody", Optional.empty());
      for (ConsumerGroupMetadata stale : List.of(otherGeneration, otherMember)) {
        producer.beginTransaction();
        seen.of("sent", () -> call(() -> send(producer, run, stale)));
        seen.of("again", () -> call(() -> send(producer, run, present)));
        seen.of("commit", () -> call(producer::commitTransaction));
        seen.of("abort", () -> call(producer::abortTransaction));
      }
      producer.beginTransaction();
      seen.of("sent", () -> call(() -> send(producer, run, present)));
      seen.of("commit", () -> call(producer::commitTransaction));
    }
    committed(run, seen, group);
  }

  private static void fenced(Run run, Observations seen) {
    String group = "g-" + UUID.randomUUID();
    try (Producer<String, String> producer = run.open();
        KafkaConsumer<String, String> consumer =
            consumer(run, group, "classic", "group.instance.id", "static")) {
      join(run, consumer);
      ConsumerGroupMetadata present = consumer.groupMetadata();
      producer.initTransactions();
      producer.beginTransaction();
      ConsumerGroupMetadata other =
          new ConsumerGroupMetadata(
              group, present.generationId(), "another", present.groupInstanceId());
      seen.of("sent", () -> call(() -> send(producer, run, other)));
      seen.of("commit", () -> call(producer::commitTransaction));
      seen.of("abort", () -> call(producer::abortTransaction));
      producer.beginTransaction();
      seen.of("sent", () -> call(() -> send(producer, run, present)));
      seen.of("commit", () -> call(producer::commitTransaction));
    }
    committed(run, seen, group);
  }

  private static void badArguments(Run run, Observations seen) {
    try (Producer<String, String> producer = run.open()) {
      producer.initTransactions();
      producer.beginTransaction();
      Map<TopicPartition, OffsetAndMetadata> offsets =
          Map.of(partition(run, 0), new OffsetAndMetadata(1));
      seen.of("null", () -> call(() -> producer.sendOffsetsToTransaction(offsets, null)));
      seen.of(
          "no member",
          () ->
              call(
                  () ->
                      producer.sendOffsetsToTransaction(
                          offsets, new ConsumerGroupMetadata("g", 3, "", Optional.empty()))));
      seen.of(
          "nothing",
          () ->
              call(
                  () ->
                      producer.sendOffsetsToTransaction(Map.of(), new ConsumerGroupMetadata("g"))));
      seen.of(
          "empty group",
          () ->
              call(
                  () -> producer.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(""))));
      seen.of("commit", () -> call(producer::commitTransaction));
    }
  }
}
