package io.github.rdkafka.it.consumer;

import io.github.rdkafka.it.SharedCluster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.function.Executable;

/** What a scenario saw, as lines of text that must be the same for both consumers. */
final class ConsumerObservations {
  private final String topic;
  private final String group;
  private final boolean classic;
  private final boolean eager;
  private final List<String> lines = new ArrayList<>();

  ConsumerObservations(String topic, String group, boolean classic, boolean eager) {
    this.topic = topic;
    this.group = group;
    this.classic = classic;
    this.eager = eager;
  }

  String topic() {
    return topic;
  }

  TopicPartition partition(int number) {
    return new TopicPartition(topic, number);
  }

  boolean isClassic() {
    return classic;
  }

  /** Whether a rebalance takes all partitions from all members first. */
  boolean isEager() {
    return eager;
  }

  /** Another topic, with as many records in each partition. */
  String another(String suffix, int partitions, int records) {
    String name = topic + suffix;
    SharedCluster.get().createTopic(name, partitions);
    for (int partition = 0; partition < partitions && records > 0; partition++) {
      ConsumerTestSupport.produce(name, partition, 0, records);
    }
    return name;
  }

  /** What the group has committed, as a third party sees it. */
  Long committed(TopicPartition partition) {
    OffsetAndMetadata offset =
        SharedCluster.get()
            .admin()
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .get(partition);
    return offset == null ? null : offset.offset();
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** Names that differ from run to run are left out. */
  synchronized void add(String what, Object seen) {
    lines.add(what + ": " + text(seen).replace(topic, "TOPIC").replace(group, "GROUP"));
  }

  /** Anything that can throw. */
  @FunctionalInterface
  interface Action {
    Object run() throws Exception;
  }

  /** What an action answers, or throws. */
  void of(String what, Action action) {
    try {
      add(what, action.run());
    } catch (Throwable thrown) {
      add(what + " threw", describe(thrown));
    }
  }

  /** Whether an action ends well, or what kind of exception it throws. */
  void ofEnd(String what, Executable action) {
    try {
      action.execute();
      add(what, "done");
    } catch (Throwable thrown) {
      add(what + " threw", thrown.getClass().getName());
    }
  }

  /** How an action without an answer ends. */
  void ofRun(String what, Runnable action) {
    of(
        what,
        () -> {
          action.run();
          return "done";
        });
  }

  static String describe(Throwable thrown) {
    if (thrown == null) {
      return "no exception";
    }
    // the JVM's text for null depends on the code that met it
    boolean words = !(thrown instanceof NullPointerException);
    String cause = thrown.getCause() == null ? "" : " because of " + describe(thrown.getCause());
    return thrown.getClass().getName() + (words ? "(" + thrown.getMessage() + ")" : "") + cause;
  }

  static Throwable root(Throwable thrown) {
    return thrown.getCause() == null ? thrown : root(thrown.getCause());
  }

  private static String text(Object seen) {
    if (seen instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((key, value) -> sorted.put(String.valueOf(key), text(value)));
      return sorted.toString();
    }
    if (seen instanceof Collection<?> collection && !(seen instanceof List<?>)) {
      Collection<String> sorted = new TreeSet<>();
      collection.forEach(element -> sorted.add(text(element)));
      return sorted.toString();
    }
    return String.valueOf(seen);
  }
}
