package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.read;
import static io.github.rdkafka.it.consumer.ConsumerTestSupport.until;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.TopicPartition;

/** Topics, patterns and partitions, one after the other. */
final class SubscriptionScenarios {
  static final List<ConsumerScenario> ALL =
      List.of(
          ConsumerScenario.of("kinds of subscriptions clash", 1, 0, SubscriptionScenarios::clashes),
          ConsumerScenario.of("buffered records", 1, 1000, SubscriptionScenarios::otherTopic)
              .with("max.poll.records", 10),
          ConsumerScenario.of("other patterns", 1, 5, SubscriptionScenarios::patterns)
              .with("metadata.max.age.ms", 300),
          ConsumerScenario.of("unsubscribed", 2, 5, SubscriptionScenarios::unsubscribed),
          ConsumerScenario.of("other partitions", 3, 5, SubscriptionScenarios::partitions));

  private SubscriptionScenarios() {}

  private static void clashes(Consumer<String, String> consumer, ConsumerObservations seen) {
    Map<String, Runnable> kinds = new LinkedHashMap<>();
    kinds.put("topics", () -> consumer.subscribe(List.of(seen.topic())));
    kinds.put("pattern", () -> consumer.subscribe(Pattern.compile("nothing")));
    if (!seen.isClassic()) {
      kinds.put("broker's", () -> consumer.subscribe(new SubscriptionPattern("nothing")));
    }
    kinds.put("partitions", () -> consumer.assign(List.of(seen.partition(0))));
    kinds.forEach(
        (first, subscribe) ->
            kinds.forEach(
                (second, other) -> {
                  subscribe.run();
                  seen.ofRun(second + " after " + first, other);
                  seen.of("subscription", consumer::subscription);
                  seen.of("assignment", consumer::assignment);
                  consumer.unsubscribe();
                }));
  }

  /** What was fetched of a topic that is given up is not returned any more. */
  private static void otherTopic(Consumer<String, String> consumer, ConsumerObservations seen) {
    String other = seen.another("-other", 1, 20);
    consumer.subscribe(List.of(seen.topic()));
    seen.add("first", read(consumer, 10).size());
    consumer.subscribe(List.of(other));
    seen.of("subscription", consumer::subscription);
    Set<String> topics = new TreeSet<>();
    int[] count = {0};
    until(
        () -> {
          consumer
              .poll(Duration.ofMillis(50))
              .forEach(
                  record -> {
                    topics.add(record.topic());
                    count[0]++;
                  });
          return topics.contains(other) && count[0] >= 20;
        },
        () -> "only " + count[0] + " of " + topics);
    seen.add("read from", topics);
    seen.add("assigned", consumer.assignment());
  }

  private static void patterns(Consumer<String, String> consumer, ConsumerObservations seen) {
    String other = seen.another("-other", 1, 5);
    consumer.subscribe(Pattern.compile(Pattern.quote(seen.topic())));
    untilAssigned(consumer, seen, Set.of(seen.partition(0)));
    consumer.subscribe(Pattern.compile("nothing.*"));
    untilAssigned(consumer, seen, Set.of());
    consumer.subscribe(Pattern.compile(Pattern.quote(other)));
    untilAssigned(consumer, seen, Set.of(new TopicPartition(other, 0)));
    consumer.subscribe(Pattern.compile(Pattern.quote(seen.topic()) + ".*"));
    untilAssigned(consumer, seen, Set.of(seen.partition(0), new TopicPartition(other, 0)));
    seen.of("subscription", consumer::subscription);
  }

  private static void unsubscribed(Consumer<String, String> consumer, ConsumerObservations seen) {
    consumer.subscribe(List.of(seen.topic()));
    read(consumer, 10);
    consumer.pause(List.of(seen.partition(1)));
    consumer.unsubscribe();
    seen.of("assignment", consumer::assignment);
    seen.of("subscription", consumer::subscription);
    seen.of("paused", consumer::paused);
    seen.ofRun("poll", () -> consumer.poll(Duration.ZERO));
    seen.of("position", () -> consumer.position(seen.partition(0)));
    consumer.assign(List.of(seen.partition(1)));
    seen.of("paused", consumer::paused);
    consumer.unsubscribe();
    consumer.subscribe(List.of());
    seen.ofRun("poll", () -> consumer.poll(Duration.ZERO));
    consumer.subscribe(List.of(seen.topic()));
    untilAssigned(consumer, seen, Set.of(seen.partition(0), seen.partition(1)));
    seen.of("paused", consumer::paused);
  }

  private static void partitions(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition left = seen.partition(0);
    TopicPartition kept = seen.partition(1);
    TopicPartition added = seen.partition(2);
    consumer.assign(List.of(left, kept));
    read(consumer, 10);
    consumer.pause(List.of(left, kept));
    consumer.assign(List.of(kept, added));
    seen.of("assignment", consumer::assignment);
    seen.of("paused", consumer::paused);
    seen.of("position of one kept", () -> consumer.position(kept));
    seen.of("position of one left", () -> consumer.position(left));
    seen.add("values of the added", read(consumer, 5).stream().map(r -> r.value()).toList());
    consumer.assign(List.of(left));
    seen.of("paused", consumer::paused);
    seen.of("position of one that came back", () -> consumer.position(left));
  }

  private static void untilAssigned(
      Consumer<String, String> consumer, ConsumerObservations seen, Set<TopicPartition> wanted) {
    until(
        () -> {
          consumer.poll(Duration.ofMillis(50));
          return consumer.assignment().equals(wanted);
        },
        () -> "assigned are " + consumer.assignment() + ", not " + wanted);
    seen.add("assigned", wanted);
  }
}
