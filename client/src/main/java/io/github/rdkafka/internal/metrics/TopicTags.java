package io.github.rdkafka.internal.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The tags of a consumer's topics. Where a name has dots, Kafka shows each metric a second time
 * with underscores for them, as its older versions did.
 */
final class TopicTags {
  private TopicTags() {}

  static List<Map<String, String>> of(String topic) {
    Map<String, String> tags = Map.of("topic", topic);
    return topic.contains(".")
        ? List.of(tags, Map.of("topic", topic.replace('.', '_')))
        : List.of(tags);
  }

  static List<Map<String, String>> of(TopicPartition partition) {
    return of(partition.topic()).stream()
        .map(
            tags -> {
              // Their order is that of the MBean's name.
              Map<String, String> both = new LinkedHashMap<>(tags);
              both.put("partition", Integer.toString(partition.partition()));
              return both;
            })
        .toList();
  }
}
