package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.produce;
import static io.github.rdkafka.it.consumer.ConsumerTestSupport.read;
import static io.github.rdkafka.it.consumer.ConsumerTestSupport.until;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Where reading begins, and where it goes on. */
final class PositionScenarios {
  private static final Duration SHORT = Duration.ofMillis(300);

  /** For calls that are answered, where the default is short for the sake of those that are not. */
  private static final Duration LONG = Duration.ofSeconds(60);

  static final List<ConsumerScenario> ALL =
      List.of(
          ConsumerScenario.of("seeks", 2, 100, PositionScenarios::seeks)
              .with("max.poll.records", 10),
          ConsumerScenario.of("begins", 2, 10, PositionScenarios::begins)
              .with("auto.offset.reset", "earliest"),
          ConsumerScenario.of("begins", 2, 10, PositionScenarios::begins)
              .with("auto.offset.reset", "latest"),
          ConsumerScenario.of("begins", 2, 10, PositionScenarios::begins)
              .with("auto.offset.reset", "by_duration:PT1H"),
          ConsumerScenario.of("no policy", 3, 10, PositionScenarios::noPolicy)
              .with("auto.offset.reset", "none"),
          ConsumerScenario.of("no policy", 3, 10, PositionScenarios::noPolicy)
              .with("auto.offset.reset", "none")
              .with("group.id", ""),
          ConsumerScenario.of("out of range", 1, 10, PositionScenarios::outOfRange)
              .with("auto.offset.reset", "none"),
          ConsumerScenario.of("paused", 2, 100, PositionScenarios::paused)
              .with("max.poll.records", 10),
          ConsumerScenario.of("what is not there", 1, 10, PositionScenarios::absent)
              .with("allow.auto.create.topics", false)
              .with("default.api.timeout.ms", 1000)
              .with("request.timeout.ms", 900),
          ConsumerScenario.of("lag", 2, 10, PositionScenarios::lag));

  private PositionScenarios() {}

  private static void seeks(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition one = seen.partition(0);
    consumer.assign(List.of(one));
    consumer.seek(one, 90);
    seen.of("position before a poll", () -> consumer.position(one));
    seen.add("from 90", next(consumer));
    consumer.seek(one, 5);
    seen.add("back to 5", next(consumer));
    consumer.seek(one, new OffsetAndMetadata(50, Optional.of(0), "x"));
    seen.add("to 50", next(consumer));
    consumer.seek(one, 60);
    consumer.seek(one, 20);
    consumer.seek(one, 30);
    seen.add("the last of three", next(consumer));
    consumer.seekToBeginning(List.of());
    seen.add("from the beginning", next(consumer));
    consumer.seekToEnd(List.of(one));
    consumer.seek(one, 70);
    seen.add("not from the end", next(consumer));
    consumer.seek(one, 70);
    consumer.seekToEnd(List.of(one));
    seen.of("position", () -> consumer.position(one));
    seen.add("empty", consumer.poll(SHORT).count());
    consumer.assign(List.of(one, seen.partition(1)));
    seen.of("position after assign", () -> consumer.position(one));
    produce(seen.topic(), 0, 100, 103);
    consumer.seek(seen.partition(1), 100);
    seen.add("what came", next(consumer));
  }

  /** The values that the next poll with records has. */
  private static List<String> next(Consumer<String, String> consumer) {
    return read(consumer, 1).stream().map(record -> record.value()).toList();
  }

  private static void begins(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition one = seen.partition(0);
    TopicPartition other = seen.partition(1);
    consumer.commitSync(Map.of(one, new OffsetAndMetadata(4)));
    consumer.assign(List.of(one, other));
    seen.of("position", () -> consumer.position(one));
    seen.of("position", () -> consumer.position(other));
    seen.of("committed", () -> consumer.committed(Set.of(one, other)));
    produce(seen.topic(), 1, 10, 11);
    seen.add("first", first(consumer, other));
    consumer.unsubscribe();
    consumer.subscribe(List.of(seen.topic()));
    until(
        () -> {
          consumer.poll(Duration.ofMillis(50));
          return consumer.assignment().size() == 2;
        },
        () -> "not assigned");
    seen.of("position of a member", () -> consumer.position(one) >= 4);
  }

  private static long first(Consumer<String, String> consumer, TopicPartition partition) {
    long[] offset = {-1};
    until(
        () -> {
          ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(100));
          records.records(partition).stream().limit(1).forEach(r -> offset[0] = r.offset());
          return offset[0] >= 0;
        },
        () -> "nothing");
    return offset[0];
  }

  private static void noPolicy(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition one = seen.partition(0);
    TopicPartition two = seen.partition(1);
    TopicPartition three = seen.partition(2);
    consumer.assign(List.of(one, two, three));
    consumer.seek(three, 7);
    seen.ofEnd("position", () -> consumer.position(one));
    seen.add("polls", refused(consumer));
    seen.add("polls again", refused(consumer));
    seen.of("position of the third", () -> consumer.position(three));
    consumer.seek(one, 2);
    seen.add("polls", refused(consumer));
    consumer.seekToEnd(List.of(two));
    seen.add("read", read(consumer, 11).size());
  }

  private static Set<TopicPartition> refused(Consumer<String, String> consumer) {
    try {
      until(() -> consumer.poll(Duration.ofMillis(100)) == null, () -> "not refused");
      return null;
    } catch (NoOffsetForPartitionException refused) {
      return refused.partitions();
    }
  }

  private static void outOfRange(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition one = seen.partition(0);
    consumer.assign(List.of(one));
    consumer.seek(one, 15);
    for (int i = 0; i < 3; i++) {
      try {
        until(() -> consumer.poll(Duration.ofMillis(100)) == null, () -> "not refused");
      } catch (OffsetOutOfRangeException refused) {
        seen.add("refused", refused.offsetOutOfRangePartitions());
      }
      seen.of("position", () -> consumer.position(one));
    }
    consumer.seek(one, 9);
    seen.add("read", next(consumer));
  }

  private static void paused(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition one = seen.partition(0);
    TopicPartition other = seen.partition(1);
    consumer.assign(List.of(one, other));
    consumer.seek(other, 100);
    seen.add("first", next(consumer));
    consumer.pause(List.of(one, other));
    seen.add("while paused", consumer.poll(SHORT).count());
    consumer.seek(one, 33);
    seen.of("position", () -> consumer.position(one));
    seen.add("while paused", consumer.poll(SHORT).count());
    consumer.resume(List.of(one));
    seen.of("paused", consumer::paused);
    seen.add("resumed", next(consumer));
    consumer.pause(List.of(one));
    consumer.resume(List.of(one));
    seen.add("resumed at once", next(consumer));
    seen.ofRun("resumed though it was not paused", () -> consumer.resume(List.of(one)));
  }

  private static void absent(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition nowhere = new TopicPartition(seen.topic() + "-absent", 0);
    TopicPartition beyond = new TopicPartition(seen.topic(), 7);
    seen.of("partitionsFor", () -> consumer.partitionsFor(nowhere.topic(), LONG));
    seen.of("listed", () -> consumer.listTopics(LONG).containsKey(nowhere.topic()));
    seen.of("committed", () -> consumer.committed(Set.of(nowhere, beyond), LONG));
    seen.ofEnd("endOffsets", () -> consumer.endOffsets(List.of(nowhere)));
    seen.ofEnd("beginningOffsets", () -> consumer.beginningOffsets(List.of(beyond)));
    seen.ofEnd("offsetsForTimes", () -> consumer.offsetsForTimes(Map.of(nowhere, 0L)));
    consumer.assign(List.of(nowhere));
    seen.of("poll", () -> consumer.poll(SHORT).count());
    seen.of("position", () -> consumer.position(nowhere));
    seen.of("lag", () -> consumer.currentLag(nowhere));
    seen.of("without time", () -> consumer.position(nowhere, Duration.ZERO));
    seen.of(
        "without time", () -> consumer.committed(Set.of(seen.partition(0)), Duration.ofNanos(1)));
    if (seen.isClassic()) {
      until(() -> answered(consumer, seen.partition(0)), () -> "no committed offset");
    }
  }

  /** The classic consumer keeps the answer to a question that it had no time to wait for. */
  private static boolean answered(Consumer<String, String> consumer, TopicPartition one) {
    try {
      consumer.committed(Set.of(one), Duration.ZERO);
      return true;
    } catch (TimeoutException early) {
      return false;
    }
  }

  private static void lag(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition one = seen.partition(0);
    consumer.assign(List.of(one));
    seen.of("at first", () -> consumer.currentLag(one));
    consumer.seek(one, 3);
    untilLag(consumer, seen, one, 7);
    consumer.pause(List.of(one));
    seen.of("paused", () -> consumer.currentLag(one));
    consumer.seek(one, 5);
    untilLag(consumer, seen, one, 5);
    consumer.resume(List.of(one));
    read(consumer, 5);
    untilLag(consumer, seen, one, 0);
    produce(seen.topic(), 0, 10, 12);
    read(consumer, 2);
    untilLag(consumer, seen, one, 0);
    consumer.seekToEnd(List.of(one));
    seen.of("to the end", () -> consumer.currentLag(one));
  }

  private static void untilLag(
      Consumer<String, String> consumer,
      ConsumerObservations seen,
      TopicPartition partition,
      long lag) {
    until(
        () -> {
          if (consumer.currentLag(partition).orElse(-1) == lag) {
            return true;
          }
          // the answer is taken in by a poll, which is not to read anything
          boolean paused = consumer.paused().contains(partition);
          consumer.pause(List.of(partition));
          consumer.poll(Duration.ofMillis(10));
          if (!paused) {
            consumer.resume(List.of(partition));
          }
          return false;
        },
        () -> "lag " + consumer.currentLag(partition));
    seen.add("lag", lag);
  }
}
