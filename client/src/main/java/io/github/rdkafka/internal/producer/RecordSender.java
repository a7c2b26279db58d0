package io.github.rdkafka.internal.producer;

import io.github.rdkafka.internal.metrics.ProducerTime;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.NativeError;
import io.github.rdkafka.internal.producer.transactions.Transactions;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record's way from {@code send} to librdkafka, step by step as Kafka goes it. What is an {@link
 * ApiException} fails the future and the callback; all else is thrown.
 */
final class RecordSender<K, V> {
  private static final Logger LOG = LoggerFactory.getLogger(RecordSender.class);

  private final ProducerState state;
  private final NativeClient client;
  private final ProducerMetadata metadata;
  private final Interceptors<K, V> interceptors;
  private final RecordSerialization<K, V> serialization;
  private final RecordPartitioner partitioner;
  private final Transactions transactions;
  private final long maxBlockMs;
  private final int maxRequestSize;

  RecordSender(
      ProducerState state,
      Interceptors<K, V> interceptors,
      RecordSerialization<K, V> serialization,
      RecordPartitioner partitioner,
      ProducerConfig config) {
    this.state = state;
    this.client = state.client();
    this.metadata = state.metadata();
    this.interceptors = interceptors;
    this.serialization = serialization;
    this.partitioner = partitioner;
    this.transactions = state.transactions();
    this.maxBlockMs = config.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG);
    this.maxRequestSize = config.getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
  }

  SendFuture send(ProducerRecord<K, V> original, Callback callback) {
    ProducerRecord<K, V> record = interceptors.onSend(original);
    int partition = RecordPartitioner.ANY;
    try {
      state.throwIfClosed();
      long nowMs = System.currentTimeMillis();
      long remainingMs = maxBlockMs;
      TopicView topic = metadata.ready(record.topic(), record.partition(), nowMs);
      if (topic == null) {
        topic = awaitMetadata(record);
        long waitedMs = Math.max(0, System.currentTimeMillis() - nowMs);
        nowMs += waitedMs;
        remainingMs = Math.max(0, maxBlockMs - waitedMs);
      }
      byte[] key = serialization.key(record);
      byte[] value = serialization.value(record);
      int number = partitioner.partition(record, key, value, topic, metadata);
      setReadOnly(record.headers());
      HeaderBytes headers = HeaderBytes.of(record.headers().toArray());
      int size = RecordSizes.upperBound(key, value, headers);
      ensureValidSize(size);

      int queued = RecordSizes.queued(key, value, size);
      Partition chosen = RecordPartitioner.resolve(number, topic, queued, nowMs);
      partition = chosen.number();
      long timestamp = record.timestamp() == null ? nowMs : record.timestamp();
      int charge = RecordSizes.charge(size, state.budget.total());
      // The event loop would wait for what only itself can give back.
      state.budget.reserve(charge, client.loop().isCurrentThread() ? 0 : remainingMs);
      Headers seen = interceptors.isEmpty() ? null : record.headers();
      return handOver(
          chosen, charge, topic.address(), key, value, headers, timestamp, nowMs, callback, seen);
    } catch (ApiException failure) {
      state.metrics.sendFailed();
      LOG.debug("Exception occurred during message send:", failure);
      TopicPartition known = known(record, partition);
      if (callback != null) {
        callback.onCompletion(new RecordMetadata(known, -1, -1, -1, -1, -1), failure);
      }
      interceptors.onSendError(record, known, failure);
      if (transactions.isTransactional()) {
        transactions.sendFailed(failure);
      }
      return SendFuture.ofFailure(failure);
    } catch (InterruptedException failure) {
      state.metrics.sendFailed();
      interceptors.onSendError(record, known(record, partition), failure);
      throw new InterruptException(failure);
    } catch (Exception failure) {
      // Also what no serializer may declare: one written in Kotlin throws what it likes.
      if (failure instanceof KafkaException) {
        state.metrics.sendFailed();
      }
      interceptors.onSendError(record, known(record, partition), failure);
      throw failure;
    }
  }

  /** What is known of a refused record's partition. */
  private static TopicPartition known(ProducerRecord<?, ?> record, int partition) {
    if (record == null) {
      return null;
    }
    boolean own = partition == RecordPartitioner.ANY && record.partition() != null;
    return new TopicPartition(record.topic(), own ? record.partition() : partition);
  }

  private TopicView awaitMetadata(ProducerRecord<K, V> record) throws InterruptedException {
    long begun = System.nanoTime();
    try {
      TopicView topic = metadata.await(record.topic(), record.partition(), maxBlockMs);
      state.metrics.spent(ProducerTime.METADATA_WAIT, System.nanoTime() - begun);
      return topic;
    } catch (KafkaException failure) {
      if (state.isClosed()) {
        throw new KafkaException("Producer closed while send in progress", failure);
      }
      throw failure;
    }
  }

  /** Gives the record, whose memory has been reserved, to librdkafka. */
  private SendFuture handOver(
      Partition partition,
      int charge,
      long topic,
      byte[] key,
      byte[] value,
      HeaderBytes headers,
      long timestamp,
      long nowMs,
      Callback callback,
      Headers seen) {
    SendFuture accepted = null;
    partition.sent(charge, nowMs);
    try {
      if (transactions.isTransactional()) {
        transactions.requireTransaction(partition.id);
      }
      RecordAccumulator accumulator = state.accumulator();
      if (accumulator != null) {
        if (PackedRecords.size(key, value, headers) <= PackedRecords.LARGEST) {
          accepted =
              accumulator.append(
                  partition, charge, topic, key, value, headers, timestamp, nowMs, callback, seen);
          return accepted;
        }
        if (!accumulator.flush()) {
          throw new TimeoutException("librdkafka does not take the records before this one");
        }
      }
      SendFuture send =
          new SendFuture().of(partition, charge, key, value, timestamp, callback, seen);
      produce(send, topic, key, value, headers, timestamp);
      accepted = send;
      return accepted;
    } finally {
      if (accepted == null) {
        partition.done(charge, nowMs);
        state.budget.release(charge);
      }
    }
  }

  /** Gives librdkafka the record at once; returns when a delivery report will come. */
  private void produce(
      SendFuture send, long topic, byte[] key, byte[] value, HeaderBytes headers, long timestamp) {
    if (!state.senders().enter()) {
      throw new KafkaException("Producer closed while send in progress");
    }
    try {
      ProduceCall call = state.calls.take();
      try {
        produce(call, send, topic, key, value, headers, timestamp);
      } finally {
        state.calls.giveBack(call);
      }
    } finally {
      state.senders().exit();
    }
  }

  private void produce(
      ProduceCall call,
      SendFuture send,
      long topic,
      byte[] key,
      byte[] value,
      HeaderBytes headers,
      long timestamp) {
    SendGroup group = state.pending.open(1);
    long opaque = group.next();
    group.add(send);
    group.seal();
    NativeError error;
    try {
      error =
          call.produce(
              client.segment(),
              topic,
              send.partition.number(),
              key,
              value,
              headers,
              timestamp,
              opaque);
    } catch (Throwable failure) {
      state.pending.withdraw(group);
      throw failure;
    }
    if (error != null && state.pending.withdraw(group)) {
      throw state.refusals.exception(error, send.partition.id);
    }
  }

  private static void setReadOnly(Headers headers) {
    if (headers instanceof RecordHeaders recordHeaders) {
      recordHeaders.setReadOnly();
    }
  }

  private void ensureValidSize(int size) {
    if (size > maxRequestSize) {
      throw new RecordTooLargeException(
          "The message is "
              + size
              + " bytes when serialized which is larger than "
              + maxRequestSize
              + ", which is the value of the "
              + ProducerConfig.MAX_REQUEST_SIZE_CONFIG
              + " configuration.");
    }
    if (size > state.budget.total()) {
      throw new RecordTooLargeException(
          "The message is "
              + size
              + " bytes when serialized which is larger than the total memory buffer you have"
              + " configured with the "
              + ProducerConfig.BUFFER_MEMORY_CONFIG
              + " configuration.");
    }
  }
}
