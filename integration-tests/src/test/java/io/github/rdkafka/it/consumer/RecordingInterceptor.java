package io.github.rdkafka.it.consumer;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** An interceptor that tells a scenario's observations what it is told. */
public final class RecordingInterceptor implements ConsumerInterceptor<String, String> {
  static final String SEEN = "recording.interceptor.seen";

  private ConsumerObservations seen;

  @Override
  public void configure(Map<String, ?> configs) {
    seen = (ConsumerObservations) configs.get(SEEN);
  }

  @Override
  public ConsumerRecords<String, String> onConsume(ConsumerRecords<String, String> records) {
    if (!records.isEmpty()) {
      seen.add("onConsume", records.count());
    }
    return records;
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    seen.add("onCommit", offsets.size());
    throw new IllegalStateException("nobody is to see this");
  }

  @Override
  public void close() {
    seen.add("interceptor", "closed");
  }
}
