package io.github.rdkafka.it.producer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;

/** Where records go. */
final class PartitionScenarios {
  static final List<Scenario> ALL =
      List.of(
          Scenario.of("by key", 7, PartitionScenarios::byKey),
          Scenario.of("by number", 3, PartitionScenarios::byNumber),
          Scenario.of(
              "round robin",
              3,
              Map.of("partitioner.class", RoundRobinPartitioner.class),
              PartitionScenarios::roundRobin),
          Scenario.of(
              "a partitioner of one's own",
              4,
              Map.of("partitioner.class", ByValue.class, "client.id", "partitioned"),
              PartitionScenarios::custom),
          Scenario.of(
              "with ignored keys",
              7,
              Map.of("partitioner.ignore.keys", true, "linger.ms", 1_000),
              PartitionScenarios::ignoredKeys),
          Scenario.of("without a key", 1, PartitionScenarios::withoutKey));

  private PartitionScenarios() {}

  private static void byKey(Producer<Object, Object> producer, Observations seen) {
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      byte[] key = new byte[i == 0 ? 0 : random.nextInt(30)];
      random.nextBytes(key);
      seen.of(
          "partition",
          () -> producer.send(new ProducerRecord<>(seen.topic(), key, "v")).get().partition());
    }
  }

  private static void byNumber(Producer<Object, Object> producer, Observations seen) {
    for (int i = 0; i < 9; i++) {
      int partition = i % 3;
      seen.ofSend(
          "sent", () -> producer.send(new ProducerRecord<>(seen.topic(), partition, "k", "v")));
    }
  }

  private static void roundRobin(Producer<Object, Object> producer, Observations seen) {
    int[] counts = new int[3];
    for (int i = 0; i < 9; i++) {
      seen.of(
          "ok",
          () -> {
            int partition =
                producer.send(new ProducerRecord<>(seen.topic(), "k", "v")).get().partition();
            counts[partition]++;
            return true;
          });
    }
    for (int count : counts) {
      seen.add("count", count);
    }
  }

  private static void custom(Producer<Object, Object> producer, Observations seen) {
    for (String value : List.of("0", "3", "1", "-1", "-7")) {
      seen.ofSend(
          value,
          () ->
              producer.send(new ProducerRecord<>(seen.topic(), "k", value), seen.callback(value)));
    }
    seen.ofSend(
        "throws", () -> producer.send(new ProducerRecord<>(seen.topic(), "k", "not a number")));
    seen.ofSend("own", () -> producer.send(new ProducerRecord<>(seen.topic(), 2, "k", "0")));
    seen.read();
  }

  /** Records of one batch go to one partition, whatever their keys are. */
  private static void ignoredKeys(Producer<Object, Object> producer, Observations seen)
      throws Exception {
    List<Future<RecordMetadata>> sends = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sends.add(producer.send(new ProducerRecord<>(seen.topic(), "k" + i, "v")));
    }
    producer.flush();
    Set<Integer> partitions = new HashSet<>();
    for (Future<RecordMetadata> send : sends) {
      partitions.add(send.get().partition());
    }
    seen.add("partitions", partitions.size());
  }

  private static void withoutKey(Producer<Object, Object> producer, Observations seen) {
    for (int i = 0; i < 10; i++) {
      seen.ofSend("sent", () -> producer.send(new ProducerRecord<>(seen.topic(), "v")));
    }
  }

  /** The value is the number of the partition. */
  public static final class ByValue implements Partitioner {
    @Override
    public int partition(
        String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster all) {
      if (all.partitionsForTopic(topic).size() != 4
          || all.availablePartitionsForTopic(topic).size() != 4
          || all.clusterResource().clusterId() == null
          || all.nodes().isEmpty()) {
        throw new IllegalStateException("this is no cluster: " + all);
      }
      return Integer.parseInt((String) value);
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {
      if (!"partitioned".equals(configs.get("client.id"))) {
        throw new IllegalArgumentException("no client.id in " + configs);
      }
    }
  }
}
