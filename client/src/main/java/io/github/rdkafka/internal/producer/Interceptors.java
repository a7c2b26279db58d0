package io.github.rdkafka.internal.producer;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user's interceptors, in order. What one of them throws is logged and stops nothing. */
final class Interceptors<K, V> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Interceptors.class);

  private final List<ProducerInterceptor<K, V>> chain;

  Interceptors(List<ProducerInterceptor<K, V>> interceptors) {
    this.chain = interceptors;
  }

  boolean isEmpty() {
    return chain.isEmpty();
  }

  /** What the chain makes of the record; an interceptor that throws is skipped. */
  ProducerRecord<K, V> onSend(ProducerRecord<K, V> record) {
    if (chain.isEmpty()) {
      return record;
    }
    ProducerRecord<K, V> current = record;
    for (ProducerInterceptor<K, V> interceptor : chain) {
      try {
        current = interceptor.onSend(current);
      } catch (Exception thrown) {
        if (record == null) {
          LOG.warn("Error executing interceptor onSend callback", thrown);
        } else {
          LOG.warn(
              "Error executing interceptor onSend callback for topic: {}, partition: {}",
              record.topic(),
              record.partition(),
              thrown);
        }
      }
    }
    return current;
  }

  /**
   * @param exception null on success
   */
  void onAcknowledgement(RecordMetadata metadata, Exception exception, Headers headers) {
    for (ProducerInterceptor<K, V> interceptor : chain) {
      try {
        Acknowledgement.tell(interceptor, metadata, exception, headers);
      } catch (Throwable thrown) {
        LOG.warn("Error executing interceptor onAcknowledgement callback", thrown);
      }
    }
  }

  /**
   * Tells of a record that {@code send} itself could not take.
   *
   * @param record null if that is what the user, or an interceptor, passed on
   * @param partition null when {@code record} is
   */
  void onSendError(ProducerRecord<K, V> record, TopicPartition partition, Exception exception) {
    if (chain.isEmpty()) {
      return;
    }
    Headers headers = readOnly(record == null ? new RecordHeaders() : record.headers());
    RecordMetadata metadata =
        partition == null ? null : new RecordMetadata(partition, -1, -1, -1, -1, -1);
    onAcknowledgement(metadata, exception, headers);
  }

  /** A copy: the user may still change the original and send it again. */
  private static Headers readOnly(Headers headers) {
    if (headers instanceof RecordHeaders) {
      RecordHeaders copy = new RecordHeaders(headers);
      copy.setReadOnly();
      return copy;
    }
    return headers;
  }

  @Override
  public void close() {
    for (ProducerInterceptor<K, V> interceptor : chain) {
      try {
        interceptor.close();
      } catch (Exception thrown) {
        LOG.error("Failed to close producer interceptor", thrown);
      }
    }
  }
}
