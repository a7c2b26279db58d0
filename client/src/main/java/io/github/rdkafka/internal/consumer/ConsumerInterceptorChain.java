package io.github.rdkafka.internal.consumer;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user's interceptors in their order. What one throws is logged and goes no further. */
public final class ConsumerInterceptorChain<K, V> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumerInterceptorChain.class);

  private final List<ConsumerInterceptor<K, V>> interceptors;

  public ConsumerInterceptorChain(List<ConsumerInterceptor<K, V>> interceptors) {
    this.interceptors = List.copyOf(interceptors);
  }

  public ConsumerRecords<K, V> onConsume(ConsumerRecords<K, V> records) {
    ConsumerRecords<K, V> result = records;
    for (ConsumerInterceptor<K, V> interceptor : interceptors) {
      try {
        result = interceptor.onConsume(result);
      } catch (Exception failure) {
        LOG.warn("Error executing interceptor onConsume callback", failure);
      }
    }
    return result;
  }

  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    for (ConsumerInterceptor<K, V> interceptor : interceptors) {
      try {
        interceptor.onCommit(offsets);
      } catch (Exception failure) {
        LOG.warn("Error executing interceptor onCommit callback", failure);
      }
    }
  }

  @Override
  public void close() {
    for (ConsumerInterceptor<K, V> interceptor : interceptors) {
      try {
        interceptor.close();
      } catch (Exception failure) {
        LOG.error("Failed to close consumer interceptor", failure);
      }
    }
  }
}
