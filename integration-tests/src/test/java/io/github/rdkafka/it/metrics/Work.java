package io.github.rdkafka.it.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.it.Leftovers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** The same work for both kinds of clients, and looks at their metrics. */
final class Work {
  static final int RECORDS = 500;

  /** The metric of a broker that is registered after all others of it. */
  static final String LAST_OF_NODE = "request-latency-max";

  private static final int VALUE_CHARACTERS = 100;

  private Work() {}

  /** Sends records, all of the same size, and waits until they are written. */
  static void produce(Producer<String, String> producer, String topic) throws Exception {
    List<Future<RecordMetadata>> sends = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String key = String.format("%06d", i);
      sends.add(producer.send(new ProducerRecord<>(topic, 0, key, "v".repeat(VALUE_CHARACTERS))));
    }
    producer.flush();
    for (Future<RecordMetadata> send : sends) {
      send.get(30, TimeUnit.SECONDS);
    }
  }

  static List<ConsumerRecord<String, String>> read(Consumer<String, String> consumer, int count) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    await(
        () -> {
          consumer.poll(Duration.ofMillis(100)).forEach(records::add);
          return records.size() >= count;
        },
        () -> records.size() + " of " + count + " records");
    return records;
  }

  /** Polls until something holds. */
  static void pollUntil(Consumer<String, String> consumer, BooleanSupplier condition) {
    await(
        () -> {
          consumer.poll(Duration.ofMillis(50));
          return condition.getAsBoolean();
        },
        () -> "polled in vain");
  }

  static void await(BooleanSupplier condition, java.util.function.Supplier<String> message) {
    Leftovers.await(condition);
    assertTrue(condition.getAsBoolean(), message);
  }

  /** Makes assertions until they hold; with the last failure when they never do. */
  static void awaitPassing(Runnable assertions) {
    AtomicReference<AssertionError> failure = new AtomicReference<>();
    Leftovers.await(
        () -> {
          try {
            assertions.run();
            failure.set(null);
          } catch (AssertionError notYet) {
            failure.set(notYet);
          }
          return failure.get() == null;
        });
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  /** Whether a broker has metrics, all of them: they appear one by one, this one last. */
  static boolean hasNodes(Map<MetricName, ? extends Metric> metrics) {
    return metrics.keySet().stream()
        .anyMatch(
            name -> name.group().endsWith("-node-metrics") && name.name().equals(LAST_OF_NODE));
  }

  static Optional<? extends Metric> find(
      Map<MetricName, ? extends Metric> metrics, String group, String name, String... tags) {
    return metrics.entrySet().stream()
        .filter(entry -> entry.getKey().group().equals(group))
        .filter(entry -> entry.getKey().name().equals(name))
        .filter(entry -> entry.getKey().tags().size() == 1 + tags.length / 2)
        .filter(entry -> hasTags(entry.getKey(), tags))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean hasTags(MetricName name, String... tags) {
    for (int i = 0; i < tags.length; i += 2) {
      if (!tags[i + 1].equals(name.tags().get(tags[i]))) {
        return false;
      }
    }
    return true;
  }

  static double value(
      Map<MetricName, ? extends Metric> metrics, String group, String name, String... tags) {
    Object value =
        find(metrics, group, name, tags)
            .orElseThrow(() -> new AssertionError("no " + name + " in " + group))
            .metricValue();
    return ((Number) value).doubleValue();
  }
}
