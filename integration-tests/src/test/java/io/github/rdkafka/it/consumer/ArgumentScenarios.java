package io.github.rdkafka.it.consumer;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.TopicPartition;

/** What may not be asked for, or not in this state. */
final class ArgumentScenarios {
  static final List<ConsumerScenario> ALL =
      List.of(
          ConsumerScenario.of("arguments", 2, 0, ArgumentScenarios::assigned),
          ConsumerScenario.of("arguments", 2, 0, ArgumentScenarios::assigned).with("group.id", ""),
          ConsumerScenario.of("before anything was asked for", 2, 0, ArgumentScenarios::every),
          ConsumerScenario.of("before anything was asked for", 2, 0, ArgumentScenarios::every)
              .with("group.id", ""),
          ConsumerScenario.of("after close", 2, 0, ArgumentScenarios::closed),
          ConsumerScenario.of("negative times", 1, 0, ArgumentScenarios::negativeTimes));

  private static final Duration NEGATIVE = Duration.ofMillis(-1);

  private ArgumentScenarios() {}

  private static void assigned(Consumer<String, String> consumer, ConsumerObservations seen) {
    consumer.assign(List.of(seen.partition(0)));
    every(consumer, seen);
  }

  private static void closed(Consumer<String, String> consumer, ConsumerObservations seen) {
    consumer.close();
    seen.ofRun("wakeup", consumer::wakeup);
    seen.ofRun("close", consumer::close);
    seen.of("metrics", () -> consumer.metrics() != null);
    seen.ofRun("poll", () -> consumer.poll(Duration.ZERO));
    seen.of("assignment", consumer::assignment);
    seen.of("subscription", consumer::subscription);
    seen.ofRun("subscribe", () -> consumer.subscribe(List.of("a")));
    seen.ofRun("subscribe to a pattern", () -> consumer.subscribe(Pattern.compile("a")));
    seen.ofRun("assign", () -> consumer.assign(List.of(seen.partition(0))));
    seen.ofRun("unsubscribe", consumer::unsubscribe);
    seen.ofRun("commitSync", consumer::commitSync);
    seen.ofRun("commitAsync", consumer::commitAsync);
    seen.ofRun("seek", () -> consumer.seek(seen.partition(0), 1));
    seen.ofRun("seekToEnd", () -> consumer.seekToEnd(List.of()));
    seen.of("position", () -> consumer.position(seen.partition(0)));
    seen.of("committed", () -> consumer.committed(Set.of(seen.partition(0))));
    seen.of("partitionsFor", () -> consumer.partitionsFor(seen.topic()));
    seen.of("listTopics", consumer::listTopics);
    seen.of("paused", consumer::paused);
    seen.ofRun("pause", () -> consumer.pause(List.of()));
    seen.ofRun("resume", () -> consumer.resume(List.of()));
    seen.of("endOffsets", () -> consumer.endOffsets(List.of()));
    seen.of("beginningOffsets", () -> consumer.beginningOffsets(List.of()));
    seen.of("offsetsForTimes", () -> consumer.offsetsForTimes(Map.of()));
    seen.of("currentLag", () -> consumer.currentLag(seen.partition(0)));
    seen.of("groupMetadata", consumer::groupMetadata);
  }

  private static void negativeTimes(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition partition = seen.partition(0);
    consumer.assign(List.of(partition));
    seen.ofRun("poll", () -> consumer.poll(NEGATIVE));
    seen.of("position", () -> consumer.position(partition, NEGATIVE));
    seen.ofRun(
        "commitSync",
        () -> consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0)), NEGATIVE));
    // Kafka's other consumer takes these times for no limit at all
    if (seen.isClassic()) {
      seen.of("committed", () -> consumer.committed(Set.of(partition), NEGATIVE));
      seen.of("listTopics", () -> consumer.listTopics(NEGATIVE));
      seen.of("endOffsets", () -> consumer.endOffsets(List.of(partition), NEGATIVE));
      seen.of("offsetsForTimes", () -> consumer.offsetsForTimes(Map.of(partition, 1L), NEGATIVE));
    }
    seen.ofRun("close", () -> consumer.close(CloseOptions.timeout(NEGATIVE)));
    seen.ofRun("poll again", () -> consumer.poll(Duration.ZERO));
  }

  private static void every(Consumer<String, String> consumer, ConsumerObservations seen) {
    TopicPartition other = seen.partition(1);
    topics(consumer, seen);
    patterns(consumer, seen);
    seen.ofEnd("assign null", () -> consumer.assign(null));
    seen.ofRun("assign a null", () -> consumer.assign(Arrays.asList((TopicPartition) null)));
    seen.ofRun("assign a blank", () -> consumer.assign(List.of(new TopicPartition(" ", 0))));
    seen.ofRun("seek before 0", () -> consumer.seek(other, -1));
    seen.ofRun("seek", () -> consumer.seek(other, 0));
    seen.ofRun("seek to null", () -> consumer.seek(other, null));
    seen.ofRun("seekToBeginning null", () -> consumer.seekToBeginning(null));
    seen.ofRun("seekToBeginning", () -> consumer.seekToBeginning(List.of(other)));
    seen.ofRun("seekToBeginning of all", () -> consumer.seekToBeginning(List.of()));
    seen.ofRun("seekToEnd null", () -> consumer.seekToEnd(null));
    seen.ofRun("seekToEnd", () -> consumer.seekToEnd(List.of(other)));
    seen.of("position", () -> consumer.position(other));
    seen.of("committed of none", () -> consumer.committed(Set.of()));
    seen.of("committed", () -> consumer.committed(Set.of(other)));
    seen.ofRun("commitSync", consumer::commitSync);
    seen.ofRun("commitSync of none", () -> consumer.commitSync(Map.of()));
    seen.ofRun("commitAsync", consumer::commitAsync);
    seen.ofRun("pause", () -> consumer.pause(List.of(other)));
    seen.ofRun("pause null", () -> consumer.pause(null));
    seen.ofRun("resume", () -> consumer.resume(List.of(other)));
    seen.of("paused", consumer::paused);
    seen.of("offsetsForTimes of none", () -> consumer.offsetsForTimes(Map.of()));
    seen.of("offsetsForTimes null", () -> consumer.offsetsForTimes(null));
    seen.of("offsetsForTimes before 0", () -> consumer.offsetsForTimes(Map.of(other, -1L)));
    seen.of("beginningOffsets of none", () -> consumer.beginningOffsets(List.of()));
    seen.of("beginningOffsets null", () -> consumer.beginningOffsets(null));
    seen.of("endOffsets null", () -> consumer.endOffsets(null));
    seen.of("endOffsets", () -> consumer.endOffsets(List.of(other)));
    seen.of("currentLag", () -> consumer.currentLag(other));
    seen.of("groupMetadata", () -> consumer.groupMetadata().generationId());
    seen.ofRun("enforceRebalance", consumer::enforceRebalance);
    seen.of("partitionsFor nonsense", () -> consumer.partitionsFor("not a topic"));
    seen.of("assignment", consumer::assignment);
    seen.of("subscription", consumer::subscription);
    seen.ofRun("poll null", () -> consumer.poll(null));
    seen.ofRun("unsubscribe", consumer::unsubscribe);
    seen.ofRun("poll for nothing", () -> consumer.poll(Duration.ZERO));
    seen.ofRun("assign none", () -> consumer.assign(List.of()));
  }

  private static void topics(Consumer<String, String> consumer, ConsumerObservations seen) {
    Collection<String> none = null;
    ConsumerRebalanceListener nobody = null;
    seen.ofRun("subscribe to null", () -> consumer.subscribe(none));
    seen.ofRun("subscribe to a null", () -> consumer.subscribe(Arrays.asList((String) null)));
    seen.ofRun("subscribe to a blank", () -> consumer.subscribe(List.of(" ")));
    seen.ofRun("subscribe without listener", () -> consumer.subscribe(List.of("a"), nobody));
  }

  private static void patterns(Consumer<String, String> consumer, ConsumerObservations seen) {
    Pattern none = null;
    SubscriptionPattern noneOfTheBroker = null;
    ConsumerRebalanceListener nobody = null;
    seen.ofRun("subscribe to no pattern", () -> consumer.subscribe(none));
    seen.ofRun("subscribe to an empty pattern", () -> consumer.subscribe(Pattern.compile("")));
    seen.ofRun(
        "subscribe to a pattern without listener",
        () -> consumer.subscribe(Pattern.compile("a"), nobody));
    seen.ofEnd("subscribe to none of the broker's", () -> consumer.subscribe(noneOfTheBroker));
    seen.ofEnd(
        "subscribe to an empty one of the broker's",
        () -> consumer.subscribe(new SubscriptionPattern("")));
    seen.ofEnd(
        "subscribe to one of the broker's without listener",
        () -> consumer.subscribe(new SubscriptionPattern("a"), nobody));
  }
}
