package io.github.rdkafka.it.consumer;

import static io.github.rdkafka.it.consumer.ConsumerTestSupport.*;
import static org.junit.jupiter.api.Assertions.*;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.it.SharedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ClusterIdTest {
  private static final List<String> SEEN = new ArrayList<>();

  @Test
  void isToldOnceToInterceptorsAndDeserializers() throws Exception {
    SEEN.clear();
    String topic = SharedCluster.newTopic(1);
    Map<String, Object> config = config();
    config.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, Interceptor.class.getName());
    try (RdKafkaConsumer<String, String> consumer =
        new RdKafkaConsumer<>(config, new Listening("key"), new Listening("value"))) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      until(
          () -> {
            consumer.poll(Duration.ofMillis(50));
            return SEEN.size() >= 3;
          },
          () -> "only " + SEEN);
      consumer.poll(Duration.ofMillis(50));
      String id = SharedCluster.get().admin().describeCluster().clusterId().get();
      assertEquals(List.of("interceptor " + id, "key " + id, "value " + id), SEEN);
    }
  }

  private static final class Listening extends StringDeserializer
      implements ClusterResourceListener {
    private final String name;

    Listening(String name) {
      this.name = name;
    }

    @Override
    public void onUpdate(ClusterResource cluster) {
      SEEN.add(name + " " + cluster.clusterId());
    }
  }

  /** Made by its name. */
  public static final class Interceptor
      implements ConsumerInterceptor<String, String>, ClusterResourceListener {
    @Override
    public ConsumerRecords<String, String> onConsume(ConsumerRecords<String, String> records) {
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void onUpdate(ClusterResource cluster) {
      SEEN.add("interceptor " + cluster.clusterId());
    }
  }
}
