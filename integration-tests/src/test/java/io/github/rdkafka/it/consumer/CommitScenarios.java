package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.read;
import static io.github.rdkafka.it.consumer.ConsumerTestSupport.until;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What is committed, when, and who is told. */
final class CommitScenarios {
  static final List<ConsumerScenario> ALL =
      List.of(
          ConsumerScenario.of("auto-commit", 1, 100, CommitScenarios::onlyEarlierPolls)
              .with("max.poll.records", 10)
              .with("auto.commit.interval.ms", 1)
              .with("enable.auto.commit", true),
          ConsumerScenario.of("auto-commit at the end", 1, 100, CommitScenarios::atTheEnd)
              .with("max.poll.records", 10)
              .with("enable.auto.commit", true),
          ConsumerScenario.of(
                  "auto-commit of partitions of its own", 1, 100, CommitScenarios::ofItsOwn)
              .with("max.poll.records", 10)
              .with("enable.auto.commit", true),
          ConsumerScenario.of("callbacks", 1, 10, CommitScenarios::callbacks)
              .with("enable.auto.commit", false),
          ConsumerScenario.of("what is kept", 2, 10, CommitScenarios::kept)
              .with("enable.auto.commit", false),
          ConsumerScenario.of("of a member", 2, 10, CommitScenarios::ofAMember)
              .with("enable.auto.commit", false),
          ConsumerScenario.of("interceptors", 1, 10, CommitScenarios::intercepted)
              .with("enable.auto.commit", false)
              .with("interceptor.classes", RecordingInterceptor.class.getName()));

  private static final String TOO_LARGE = "x".repeat(5000);

  private CommitScenarios() {}

  /** What the last poll has returned is not committed before the next one. */
  private static void onlyEarlierPolls(
      Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition partition = seen.partition(0);
    consumer.subscribe(List.of(seen.topic()));
    long earlier = 0;
    for (int i = 0; i < 5; i++) {
      seen.add("returned", read(consumer, 10).size());
      Long committed = seen.committed(partition);
      boolean nothing = committed == null || committed <= earlier;
      // Kafka's other consumer commits on a thread of its own, and is not that careful
      boolean careless = consumer instanceof KafkaConsumer && !seen.isClassic();
      seen.add("nothing of the last poll", nothing || careless);
      earlier = consumer.position(partition);
    }
    consumer.pause(List.of(partition));
    untilCommitted(consumer, seen, 50);
  }

  private static void untilCommitted(
      Consumer<String, String> consumer, ConsumerObservations seen, long offset) {
    TopicPartition partition = seen.partition(0);
    until(
        () -> {
          consumer.poll(Duration.ofMillis(20));
          return Long.valueOf(offset).equals(seen.committed(partition));
        },
        () -> "committed is " + seen.committed(partition));
    seen.add("committed", offset);
  }

  private static void atTheEnd(Consumer<String, String> consumer, ConsumerObservations seen) {
    consumer.subscribe(List.of(seen.topic()));
    read(consumer, 20);
    seen.add("committed before", seen.committed(seen.partition(0)));
    consumer.close();
    seen.add("committed", seen.committed(seen.partition(0)));
  }

  private static void ofItsOwn(Consumer<String, String> consumer, ConsumerObservations seen) {
    consumer.assign(List.of(seen.partition(0)));
    read(consumer, 20);
    consumer.assign(List.of(seen.partition(0)));
    seen.add("committed", seen.committed(seen.partition(0)));
    consumer.close();
    seen.add("committed", seen.committed(seen.partition(0)));
  }

  private static void callbacks(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition partition = seen.partition(0);
    consumer.assign(List.of(partition));
    read(consumer, 10);
    commitLater(consumer, seen, "one", new OffsetAndMetadata(1));
    seen.ofRun(
        "too large",
        () -> consumer.commitSync(Map.of(partition, new OffsetAndMetadata(2, TOO_LARGE))));
    commitLater(consumer, seen, "two", new OffsetAndMetadata(2));
    commitLater(consumer, seen, "too large", new OffsetAndMetadata(2, TOO_LARGE));
    commitLater(consumer, seen, "three", new OffsetAndMetadata(3));
    seen.ofRun("nothing", () -> consumer.commitSync(Map.of()));
    consumer.commitAsync(
        Map.of(partition, new OffsetAndMetadata(4)),
        (offsets, failure) -> {
          seen.add("called back", offsets);
          throw new IllegalArgumentException("from a callback");
        });
    seen.ofRun(
        "sync after a callback that throws",
        () -> consumer.commitSync(Map.of(partition, new OffsetAndMetadata(5))));
    consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(6)), null);
    commitLater(consumer, seen, "seven", new OffsetAndMetadata(7));
    consumer.commitSync(Map.of());
    consumer.close();
    seen.add("committed", seen.committed(partition));
  }

  private static void commitLater(
      Consumer<String, String> consumer,
      ConsumerObservations seen,
      String name,
      OffsetAndMetadata offset) {
    consumer.commitAsync(
        Map.of(seen.partition(0), offset),
        (offsets, failure) ->
            seen.add(name + " called back", ConsumerObservations.describe(failure)));
  }

  private static void kept(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition one = seen.partition(0);
    TopicPartition other = seen.partition(1);
    TopicPartition absent = new TopicPartition(seen.topic(), 9);
    consumer.commitSync(Map.of(one, new OffsetAndMetadata(3, Optional.of(0), "with all")));
    seen.of("committed", () -> consumer.committed(Set.of(one, other)));
    consumer.commitSync(Map.of(one, new OffsetAndMetadata(1000)));
    seen.of("committed", () -> consumer.committed(Set.of(one)));
    seen.ofEnd(
        "commit of what is not there",
        () ->
            consumer.commitSync(Map.of(absent, new OffsetAndMetadata(1)), Duration.ofMillis(1500)));
    consumer.assign(List.of(other));
    seen.ofRun("commit before a poll", consumer::commitSync);
    read(consumer, 10);
    seen.ofRun("commit of what was read", consumer::commitSync);
    seen.of("committed", () -> consumer.committed(Set.of(one, other)));
  }

  private static void ofAMember(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition one = seen.partition(0);
    consumer.subscribe(List.of(seen.topic()));
    read(consumer, 20);
    seen.ofRun("commit", consumer::commitSync);
    seen.of("committed", () -> consumer.committed(Set.of(one, seen.partition(1))));
    seen.ofRun(
        "too large", () -> consumer.commitSync(Map.of(one, new OffsetAndMetadata(2, TOO_LARGE))));
    seen.ofRun("back", () -> consumer.commitSync(Map.of(one, new OffsetAndMetadata(2))));
    consumer.unsubscribe();
    seen.ofRun("after leaving", () -> consumer.commitSync(Map.of(one, new OffsetAndMetadata(5))));
    seen.of("committed", () -> consumer.committed(Set.of(one)));
  }

  private static void intercepted(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition partition = seen.partition(0);
    consumer.assign(List.of(partition));
    read(consumer, 10);
    consumer.commitSync();
    consumer.commitSync(Map.of());
    consumer.commitAsync();
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(1)));
    consumer.commitAsync(
        Map.of(partition, new OffsetAndMetadata(2)), (offsets, failure) -> seen.add("after", "it"));
    consumer.commitSync(Map.of());
    consumer.close();
  }
}
