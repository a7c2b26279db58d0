package io.github.rdkafka.internal.producer;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.metrics.ProducerTime;
import io.github.rdkafka.internal.natives.ClientVersion;
import io.github.rdkafka.internal.producer.transactions.Transactions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code RdKafkaProducer} does, on parts that it owns. */
public final class ProducerCore<K, V> {
  private static final Logger LOG = LoggerFactory.getLogger(ProducerCore.class);
  private static final String FLUSH_IN_CALLBACK =
      "KafkaProducer.flush() invocation inside a callback is not permitted because it may lead to"
          + " deadlock.";

  private final ProducerParts<K, V> parts;
  private final ProducerState state;
  private final RecordSender<K, V> sender;
  private final ProducerFlush flush;
  private final ProducerClose close;
  private final long maxBlockMs;

  private ProducerCore(ProducerParts<K, V> parts, ProducerConfig config) {
    this.parts = parts;
    this.state = parts.state();
    this.sender = parts.newSender(config);
    this.flush = parts.flush();
    this.close = new ProducerClose(state, flush);
    this.maxBlockMs = config.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG);
  }

  /**
   * Makes a producer.
   *
   * @param keySerializer null to make the one that {@code config} names
   * @param valueSerializer null to make the one that {@code config} names
   * @throws KafkaException with what went wrong as its cause; nothing is left behind then
   */
  public static <K, V> ProducerCore<K, V> open(
      ProducerConfig config, Serializer<K> keySerializer, Serializer<V> valueSerializer) {
    ProducerParts<K, V> parts = new ProducerParts<>();
    try {
      parts.open(config, keySerializer, valueSerializer);
      ProducerCore<K, V> core = new ProducerCore<>(parts, config);
      config.logUnused();
      parts.metrics().opened(ClientVersion.forMetrics());
      return core;
    } catch (Throwable failure) {
      parts.release();
      throw new KafkaException("Failed to construct kafka producer", failure);
    }
  }

  public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record, Callback callback) {
    return sender.send(record, callback);
  }

  /** Waits until all sends of up to now are done. */
  public void flush() {
    if (state.client().loop().isCurrentThread()) {
      LOG.error(FLUSH_IN_CALLBACK);
      throw new KafkaException(FLUSH_IN_CALLBACK);
    }
    long begun = System.nanoTime();
    try {
      flush.await(Deadline.afterMillis(Long.MAX_VALUE), () -> false);
    } catch (InterruptedException interrupt) {
      throw new InterruptException("Flush interrupted.", interrupt);
    } finally {
      state.metrics.spent(ProducerTime.FLUSH, System.nanoTime() - begun);
    }
  }

  /** The partitions of a topic, waiting for them up to {@code max.block.ms}. */
  public List<PartitionInfo> partitionsFor(String topic) {
    try {
      TopicView view = state.metadata().ready(topic, null, System.currentTimeMillis());
      if (view == null) {
        long begun = System.nanoTime();
        view = state.metadata().await(topic, null, maxBlockMs);
        state.metrics.spent(ProducerTime.METADATA_WAIT, System.nanoTime() - begun);
      }
      return view.infos();
    } catch (InterruptedException interrupt) {
      throw new InterruptException(interrupt);
    }
  }

  public void initTransactions() {
    timed(ProducerTime.TXN_INIT, Transactions::initialize);
  }

  public void beginTransaction() {
    timed(ProducerTime.TXN_BEGIN, Transactions::begin);
  }

  /** Makes offsets part of the open transaction. */
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    if (group == null) {
      throw new IllegalArgumentException("Consumer group metadata could not be null");
    }
    if (group.generationId() > 0 && group.memberId().isEmpty()) {
      throw new IllegalArgumentException(
          "Passed in group metadata "
              + group
              + " has generationId > 0 but the member.id is unknown");
    }
    if (offsets.isEmpty()) {
      transactions();
    } else {
      timed(
          ProducerTime.TXN_SEND_OFFSETS, transactions -> transactions.sendOffsets(offsets, group));
    }
  }

  public void commitTransaction() {
    timed(ProducerTime.TXN_COMMIT, Transactions::commit);
  }

  public void abortTransaction() {
    timed(ProducerTime.TXN_ABORT, Transactions::abort);
  }

  /** As with Kafka, the time counts of what succeeds. */
  private void timed(ProducerTime what, Consumer<Transactions> call) {
    Transactions transactions = transactions();
    long begun = System.nanoTime();
    call.accept(transactions);
    state.metrics.spent(what, System.nanoTime() - begun);
  }

  private Transactions transactions() {
    Transactions transactions = state.transactions();
    transactions.requireIdempotence();
    state.throwIfClosed();
    return transactions;
  }

  public Map<MetricName, ? extends Metric> metrics() {
    return Collections.unmodifiableMap(parts.metrics().registry().metrics());
  }

  /** Closes as {@link org.apache.kafka.clients.producer.KafkaProducer#close(Duration)} does. */
  public void close(Duration timeout) {
    long timeoutMs = timeout.toMillis();
    if (timeoutMs < 0) {
      throw new IllegalArgumentException("The timeout cannot be negative.");
    }
    LOG.info("Closing the Kafka producer with timeoutMillis = {} ms.", timeoutMs);
    if (timeoutMs > 0 && state.client().loop().isCurrentThread()) {
      LOG.warn(
          "Overriding close timeout {} ms to 0 ms in order to prevent useless blocking due to"
              + " self-join. This means you have incorrectly invoked close with a non-zero timeout"
              + " from the producer call-back.",
          timeoutMs);
    }
    AtomicReference<Throwable> first = new AtomicReference<>();
    if (close.close(timeoutMs, first)) {
      parts.closeJavaSide(first);
    }
    Throwable failure = first.get();
    if (failure instanceof InterruptException interrupt) {
      throw interrupt;
    }
    if (failure != null) {
      throw new KafkaException("Failed to close kafka producer", failure);
    }
    LOG.debug("Kafka producer has been closed");
  }
}
