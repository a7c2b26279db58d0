package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.read;
import static io.github.rdkafka.it.consumer.ConsumerTestSupport.until;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;

/** What polls return. */
final class ReadScenarios {
  static final List<ConsumerScenario> ALL =
      List.of(
          ConsumerScenario.of("max.poll.records", 1, 25, ReadScenarios::portions)
              .with("max.poll.records", 10),
          ConsumerScenario.of("fields", 1, 3, ReadScenarios::fields),
          ConsumerScenario.of("a bad value", 1, 10, ReadScenarios::bad)
              .with("value.deserializer", Picky.class),
          ConsumerScenario.of("a bad key", 1, 10, ReadScenarios::bad)
              .with("key.deserializer", Picky.class),
          ConsumerScenario.of("wake-ups", 1, 10, ReadScenarios::wakeups));

  private ReadScenarios() {}

  /** Refuses "4" and "k4". */
  public static final class Picky implements Deserializer<String> {
    @Override
    public String deserialize(String topic, byte[] data) {
      String text = new String(data, StandardCharsets.UTF_8);
      if (text.endsWith("4")) {
        throw new IllegalArgumentException("refused");
      }
      return text;
    }
  }

  private static void portions(Consumer<String, String> consumer, ConsumerObservations seen) {
    consumer.assign(List.of(seen.partition(0)));
    int[] left = {25};
    until(
        () -> {
          ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(100));
          if (!records.isEmpty()) {
            left[0] -= records.count();
            seen.add("records", records.count());
            seen.add("next", records.nextOffsets());
            seen.add("position", consumer.position(seen.partition(0)));
          }
          return left[0] <= 0;
        },
        () -> left[0] + " are missing");
  }

  private static void fields(Consumer<String, String> consumer, ConsumerObservations seen) {
    consumer.assign(List.of(seen.partition(0)));
    for (ConsumerRecord<String, String> record : read(consumer, 3)) {
      seen.add(
          "record",
          record.toString().replaceAll("CreateTime = \\d+", "CreateTime")
              + record.serializedKeySize()
              + record.serializedValueSize()
              + record.deliveryCount());
    }
  }

  private static void bad(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition partition = seen.partition(0);
    consumer.assign(List.of(partition));
    seen.add("before", read(consumer, 4).size());
    for (int i = 0; i < 2; i++) {
      try {
        until(() -> consumer.poll(Duration.ofMillis(100)) == null, () -> "not refused");
      } catch (RecordDeserializationException refused) {
        seen.add("refused", ConsumerObservations.describe(refused));
        seen.add("origin", refused.origin());
        seen.add("at", refused.topicPartition() + " " + refused.offset());
        seen.add("key", text(refused.keyBuffer()));
        seen.add("value", text(refused.valueBuffer()));
        seen.add("headers", refused.headers());
        seen.add("type", refused.timestampType());
      }
      seen.of("position", () -> consumer.position(partition));
    }
    consumer.commitSync();
    seen.add("committed", seen.committed(partition));
    consumer.seek(partition, 5);
    seen.add("after", read(consumer, 5).stream().map(r -> r.key() + "=" + r.value()).toList());
  }

  private static String text(ByteBuffer buffer) {
    return buffer == null ? "null" : StandardCharsets.UTF_8.decode(buffer).toString();
  }

  private static void wakeups(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition partition = seen.partition(0);
    consumer.assign(List.of(partition));
    consumer.wakeup();
    consumer.wakeup();
    seen.of("assignment", consumer::assignment);
    seen.ofRun("seek", () -> consumer.seek(partition, 0));
    seen.ofRun("commitAsync", consumer::commitAsync);
    seen.of("poll", () -> consumer.poll(Duration.ZERO).count() > 1000);
    seen.add("read", read(consumer, 10).size());
    if (seen.isClassic()) {
      // Kafka's other consumer may have its answer before it looks
      consumer.wakeup();
      seen.ofRun("commitSync", consumer::commitSync);
      seen.ofRun("commitSync again", consumer::commitSync);
    }
    consumer.wakeup();
    seen.of("committed", () -> consumer.committed(Set.of(partition)).size());
    consumer.wakeup();
    if (seen.isClassic()) {
      // Kafka's other consumer waits for these without looking
      seen.of("endOffsets", () -> consumer.endOffsets(List.of(partition)));
      consumer.wakeup();
    }
    seen.of("listTopics", () -> consumer.listTopics().size() > 0);
    seen.of("position", () -> consumer.position(partition));
    try {
      consumer.poll(Duration.ZERO);
      seen.add("no wake-up", "is left");
    } catch (WakeupException left) {
      seen.add("a wake-up", "is left");
    }
    consumer.wakeup();
    seen.ofRun("unsubscribe", consumer::unsubscribe);
    seen.of("offsets", () -> consumer.offsetsForTimes(Map.of()));
    consumer.wakeup();
    seen.ofRun("close", consumer::close);
  }
}
