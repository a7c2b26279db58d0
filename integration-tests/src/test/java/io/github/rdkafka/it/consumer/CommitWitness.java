package io.github.rdkafka.it.consumer;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** An interceptor that writes every committed offset into the list that its configuration has. */
public final class CommitWitness implements ConsumerInterceptor<String, String> {
  static final String KEY = "commit.witness.list";

  private List<Long> seen;

  @Override
  @SuppressWarnings("unchecked")
  public void configure(Map<String, ?> configs) {
    seen = (List<Long>) configs.get(KEY);
  }

  @Override
  public ConsumerRecords<String, String> onConsume(ConsumerRecords<String, String> records) {
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.values().forEach(offset -> seen.add(offset.offset()));
  }

  @Override
  public void close() {}
}
