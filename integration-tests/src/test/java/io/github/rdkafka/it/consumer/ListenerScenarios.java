package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.read;
import static io.github.rdkafka.it.consumer.ConsumerTestSupport.until;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** What a listener is told, what it sees, and what it may do. */
final class ListenerScenarios {
  static final List<ConsumerScenario> ALL =
      List.of(
          ConsumerScenario.of("views", 2, 10, ListenerScenarios::views),
          ConsumerScenario.of("seeks and pauses", 2, 10, ListenerScenarios::seeks),
          ConsumerScenario.of("commits", 2, 10, ListenerScenarios::commits)
              .with("enable.auto.commit", false),
          ConsumerScenario.of("enforced", 2, 10, ListenerScenarios::enforced),
          ConsumerScenario.of("a wake-up inside", 2, 10, ListenerScenarios::wakeup),
          ConsumerScenario.of("fails at a revocation", 2, 10, ListenerScenarios::fails),
          ConsumerScenario.of("fails at the end", 2, 10, ListenerScenarios::failsAtTheEnd));

  private ListenerScenarios() {}

  /** Tells the observations of each call, then runs what the scenario has to do in it. */
  private record Telling(
      Consumer<String, String> consumer,
      ConsumerObservations seen,
      BiConsumer<String, Collection<TopicPartition>> more)
      implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      tell("revoked", partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      tell("assigned", partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      tell("lost", partitions);
    }

    private void tell(String what, Collection<TopicPartition> partitions) {
      // how often a member is told that nothing has changed depends on the broker's pace
      if (partitions.isEmpty()) {
        return;
      }
      seen.add(what, List.copyOf(partitions).stream().map(String::valueOf).sorted().toList());
      more.accept(what, partitions);
    }
  }

  private static void views(Consumer<String, String> consumer, ConsumerObservations seen) {
    ConsumerRebalanceListener listener =
        new Telling(
            consumer,
            seen,
            (what, partitions) -> {
              seen.of("assignment", consumer::assignment);
              seen.of("subscription", consumer::subscription);
              seen.of("paused", consumer::paused);
              seen.of("position", () -> consumer.position(seen.partition(1)));
              seen.of("member", () -> consumer.groupMetadata().memberId().isEmpty());
            });
    consumer.subscribe(List.of(seen.topic()), listener);
    seen.add("read", read(consumer, 20).size());
    consumer.pause(List.of(seen.partition(1)));
    consumer.unsubscribe();
    // giving up a subscription has committed nothing
    consumer.subscribe(List.of(seen.topic()), listener);
    seen.add("read again", read(consumer, 20).size());
    consumer.close();
  }

  private static void seeks(Consumer<String, String> consumer, ConsumerObservations seen) {
    consumer.subscribe(
        List.of(seen.topic()),
        new Telling(
            consumer,
            seen,
            (what, partitions) -> {
              if (what.equals("assigned")) {
                consumer.seek(seen.partition(0), 6);
                consumer.seekToEnd(List.of(seen.partition(1)));
                consumer.pause(List.of(seen.partition(1)));
              }
            }));
    seen.add("read", read(consumer, 4).stream().map(r -> r.value()).toList());
    seen.of("position", () -> consumer.position(seen.partition(1)));
    seen.of("paused", consumer::paused);
  }

  private static void commits(Consumer<String, String> consumer, ConsumerObservations seen) {
    consumer.subscribe(
        List.of(seen.topic()),
        new Telling(
            consumer,
            seen,
            (what, partitions) -> {
              if (what.equals("revoked")) {
                seen.ofRun("commit", consumer::commitSync);
              }
            }));
    read(consumer, 20);
    consumer.unsubscribe();
    seen.add("committed", seen.committed(seen.partition(0)));
    consumer.subscribe(
        List.of(seen.topic()), new Telling(consumer, seen, (what, partitions) -> {}));
    untilAssigned(consumer);
    consumer.seek(seen.partition(0), 3);
    consumer.subscribe(
        List.of(seen.topic()),
        new Telling(
            consumer, seen, (what, partitions) -> seen.ofRun("commit", consumer::commitSync)));
    consumer.close();
    seen.add("committed", seen.committed(seen.partition(0)));
  }

  /** With eager assignors everything is taken and given again, and nothing is read twice. */
  private static void enforced(Consumer<String, String> consumer, ConsumerObservations seen) {
    int[] told = {0};
    consumer.subscribe(
        List.of(seen.topic()), new Telling(consumer, seen, (what, partitions) -> told[0]++));
    seen.add("read", read(consumer, 20).size());
    consumer.commitSync();
    consumer.enforceRebalance("a reason");
    if (seen.isEager()) {
      until(() -> consumer.poll(Duration.ofMillis(50)).count() > 0 || told[0] >= 3, () -> "quiet");
    }
    seen.add("read more", consumer.poll(Duration.ofMillis(300)).count());
  }

  private static void wakeup(Consumer<String, String> consumer, ConsumerObservations seen) {
    boolean[] woken = {false};
    consumer.subscribe(
        List.of(seen.topic()),
        new Telling(
            consumer,
            seen,
            (what, partitions) -> {
              if (what.equals("assigned") && !woken[0]) {
                woken[0] = true;
                consumer.wakeup();
              }
            }));
    try {
      until(() -> consumer.poll(Duration.ofMillis(100)).count() > 1000, () -> "never woken");
    } catch (WakeupException wakeup) {
      seen.add("woken", consumer.assignment());
    }
    seen.add("read", read(consumer, 1).size() > 0);
  }

  private static void fails(Consumer<String, String> consumer, ConsumerObservations seen) {
    boolean[] thrown = {false};
    consumer.subscribe(
        List.of(seen.topic()),
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!thrown[0]) {
              thrown[0] = true;
              throw new IllegalArgumentException("no");
            }
          }

          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
        });
    read(consumer, 20);
    seen.ofEnd("unsubscribe", consumer::unsubscribe);
    seen.ofEnd("close", consumer::close);
  }

  private static void failsAtTheEnd(Consumer<String, String> consumer, ConsumerObservations seen) {
    consumer.subscribe(
        List.of(seen.topic()),
        new Telling(
            consumer,
            seen,
            (what, partitions) -> {
              if (what.equals("revoked")) {
                throw new IllegalArgumentException("no");
              }
            }));
    read(consumer, 20);
    KafkaException failure = assertThrows(KafkaException.class, consumer::close);
    seen.add("close", failure.getMessage());
    seen.add("because of", ConsumerObservations.describe(ConsumerObservations.root(failure)));
    seen.ofRun("poll", () -> consumer.poll(Duration.ZERO));
    seen.add("committed", seen.committed(seen.partition(0)));
  }

  private static void untilAssigned(Consumer<String, String> consumer) {
    until(
        () -> {
          consumer.poll(Duration.ofMillis(50));
          return consumer.assignment().size() == 2;
        },
        () -> "assigned are " + consumer.assignment());
  }
}
