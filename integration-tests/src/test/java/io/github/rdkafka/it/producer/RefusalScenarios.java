package io.github.rdkafka.it.producer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;

/** What cannot be sent: what is thrown, what fails the future, and the words. */
final class RefusalScenarios {
  static final List<Scenario> ALL =
      List.of(
          Scenario.of(
              "larger than max.request.size",
              1,
              Map.of("max.request.size", 2000),
              RefusalScenarios::tooLarge),
          Scenario.of(
              "larger than buffer.memory",
              1,
              Map.of("buffer.memory", 2000, "batch.size", 100),
              RefusalScenarios::tooLarge),
          Scenario.of("invalid topics", 1, RefusalScenarios::invalidTopics),
          Scenario.of(
              "unknown partition",
              2,
              Map.of("max.block.ms", 700),
              RefusalScenarios::unknownPartition),
          Scenario.of("serializers that throw", 1, RefusalScenarios::serializers),
          Scenario.of("a value of the wrong class", 1, RefusalScenarios::wrongClass),
          Scenario.of("null record", 1, RefusalScenarios::nullRecord),
          Scenario.of("after close", 1, RefusalScenarios::afterClose),
          Scenario.of("negative close timeout", 1, RefusalScenarios::negativeTimeout),
          Scenario.of("partitionsFor", 3, RefusalScenarios::partitionsFor),
          Scenario.of(
              "telemetry",
              1,
              Map.of("enable.metrics.push", false),
              (producer, seen) ->
                  seen.of("id", () -> producer.clientInstanceId(java.time.Duration.ofSeconds(1)))));

  private RefusalScenarios() {}

  private static void tooLarge(Producer<Object, Object> producer, Observations seen) {
    for (int size : new int[] {100, 1912, 1913, 3000}) {
      ProducerRecord<Object, Object> record =
          new ProducerRecord<>(seen.topic(), null, "k", new byte[size]);
      seen.ofSend("sent " + size, () -> producer.send(record, seen.callback("size " + size)));
    }
    seen.ofSend(
        "with partition",
        () ->
            producer.send(
                new ProducerRecord<>(seen.topic(), 0, "k", new byte[5000]),
                seen.callback("with partition")));
    seen.read();
  }

  private static void invalidTopics(Producer<Object, Object> producer, Observations seen) {
    for (String topic : List.of("with space", "sl/ash", "..", "x".repeat(250))) {
      for (String time : List.of("sent", "sent again")) {
        seen.ofSend(
            time, () -> producer.send(new ProducerRecord<>(topic, "k", "v"), seen.callback(topic)));
      }
      seen.of("partitions", () -> producer.partitionsFor(topic));
    }
    seen.of("null topic", () -> new ProducerRecord<>(null, "k", "v"));
  }

  private static void unknownPartition(Producer<Object, Object> producer, Observations seen) {
    ProducerTests.awaitTopic(producer, seen.topic());
    seen.ofSend(
        "first",
        () ->
            producer.send(new ProducerRecord<>(seen.topic(), 5, "k", "v"), seen.callback("first")));
    seen.ofSend("known", () -> producer.send(new ProducerRecord<>(seen.topic(), 1, "k", "v")));
    seen.ofSend(
        "again",
        () -> producer.send(new ProducerRecord<>(seen.topic(), 2, "k", "v"), seen.callback("2")));
  }

  private static void serializers(Producer<Object, Object> producer, Observations seen) {
    for (Exception thrown :
        List.of(
            new IOException("a checked one"),
            new IllegalStateException("mine"),
            new KafkaException("a Kafka one"),
            new SerializationException("a serialization one"))) {
      seen.ofSend(
          "key",
          () ->
              producer.send(new ProducerRecord<>(seen.topic(), thrown, "v"), seen.callback("key")));
      seen.ofSend(
          "value",
          () ->
              producer.send(
                  new ProducerRecord<>(seen.topic(), "k", thrown), seen.callback("value")));
    }
    seen.ofSend("later", () -> producer.send(new ProducerRecord<>(seen.topic(), "k", "v")));
    seen.read();
  }

  private static void wrongClass(Producer<Object, Object> producer, Observations seen) {
    seen.ofSend(
        "key",
        () -> producer.send(new ProducerRecord<>(seen.topic(), 1, "v"), seen.callback("key")));
    seen.ofSend(
        "value",
        () -> producer.send(new ProducerRecord<>(seen.topic(), "k", 2.0), seen.callback("value")));
  }

  private static void nullRecord(Producer<Object, Object> producer, Observations seen) {
    seen.of(
        "null record",
        () -> {
          try {
            return producer.send(null);
          } catch (NullPointerException expected) {
            return "NullPointerException";
          }
        });
  }

  private static void afterClose(Producer<Object, Object> producer, Observations seen) {
    seen.ofSend("before", () -> producer.send(new ProducerRecord<>(seen.topic(), "k", "v")));
    producer.close();
    ProducerRecord<Object, Object> record = new ProducerRecord<>(seen.topic(), "k", "v");
    seen.ofSend("after", () -> producer.send(record, seen.callback("after")));
    seen.of("known topic", () -> producer.partitionsFor(seen.topic()).size());
    seen.of(
        "flush",
        () -> {
          producer.flush();
          return "done";
        });
    producer.close();
  }

  private static void negativeTimeout(Producer<Object, Object> producer, Observations seen) {
    seen.of(
        "negative",
        () -> {
          producer.close(java.time.Duration.ofMillis(-1));
          return "closed";
        });
    seen.ofSend("still open", () -> producer.send(new ProducerRecord<>(seen.topic(), "k", "v")));
  }

  private static void partitionsFor(Producer<Object, Object> producer, Observations seen) {
    seen.of(
        "partitions",
        () ->
            producer.partitionsFor(seen.topic()).stream()
                .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                .toList());
    seen.of("invalid", () -> producer.partitionsFor("not valid"));
    seen.of("null", () -> producer.partitionsFor(null));
  }
}
