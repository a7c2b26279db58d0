package io.github.rdkafka;

import io.github.rdkafka.internal.config.KafkaConfigs;
import io.github.rdkafka.internal.metrics.Telemetry;
import io.github.rdkafka.internal.natives.LibraryPreload;
import io.github.rdkafka.internal.producer.ProducerCore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Kafka's {@link Producer} on librdkafka: the configuration, serializers, partitioners,
 * interceptors, callbacks and exceptions of {@link
 * org.apache.kafka.clients.producer.KafkaProducer}.
 *
 * <p>Safe for use by many threads; one producer shared by all of them is faster than several.
 *
 * <p><b>Threads.</b> Callbacks and {@code onAcknowledgement} run on the producer's own thread, one
 * after the other, in the order of the sends to a partition; a slow one holds up the others. The
 * futures that {@link #send} returns complete after the callbacks of the same batch, on helper
 * threads: what is chained to them without an executor runs there, in the same order as long as
 * nothing blocks, and may block or throw without harm to anything but itself.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public class RdKafkaProducer<K, V> implements Producer<K, V> {
  private final ProducerCore<K, V> core;
  private final boolean pushesMetrics;

  /**
   * Makes a producer with the serializers that the configuration names.
   *
   * @param configs keys as in {@link ProducerConfig}
   * @throws KafkaException when that fails, with the reason as its cause
   */
  public RdKafkaProducer(Map<String, Object> configs) {
    this(configs, null, null);
  }

  /**
   * Makes a producer.
   *
   * @param configs keys as in {@link ProducerConfig}
   * @param keySerializer used as it is, not configured; null for the configured class
   * @param valueSerializer used as it is, not configured; null for the configured class
   * @throws KafkaException when that fails, with the reason as its cause
   */
  public RdKafkaProducer(
      Map<String, Object> configs, Serializer<K> keySerializer, Serializer<V> valueSerializer) {
    this(config(configs, keySerializer, valueSerializer), keySerializer, valueSerializer);
  }

  private static ProducerConfig config(
      Map<String, Object> configs, Serializer<?> keySerializer, Serializer<?> valueSerializer) {
    LibraryPreload.beginForProducer();
    return new ProducerConfig(
        KafkaConfigs.withSerializers(configs, keySerializer, valueSerializer));
  }

  /**
   * Makes a producer with the serializers that the configuration names.
   *
   * @param properties keys as in {@link ProducerConfig}
   * @throws KafkaException when that fails, with the reason as its cause
   */
  public RdKafkaProducer(Properties properties) {
    this(properties, null, null);
  }

  /**
   * Makes a producer.
   *
   * @param properties keys as in {@link ProducerConfig}
   * @param keySerializer used as it is, not configured; null for the configured class
   * @param valueSerializer used as it is, not configured; null for the configured class
   * @throws KafkaException when that fails, with the reason as its cause
   */
  public RdKafkaProducer(
      Properties properties, Serializer<K> keySerializer, Serializer<V> valueSerializer) {
    this(Utils.propsToMap(properties), keySerializer, valueSerializer);
  }

  private RdKafkaProducer(
      ProducerConfig config, Serializer<K> keySerializer, Serializer<V> valueSerializer) {
    this.core = ProducerCore.open(config, keySerializer, valueSerializer);
    this.pushesMetrics = config.getBoolean(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG);
  }

  /**
   * Sends a record; see {@link #send(ProducerRecord, Callback)}.
   *
   * @return never null
   */
  @Override
  public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record) {
    return send(record, null);
  }

  /**
   * Hands a record over for sending. Waits, up to {@code max.block.ms} in all, only while the
   * topic's partitions are unknown or {@code buffer.memory} is used up.
   *
   * <p>A librdkafka of one's own, without our corrections, sends a timestamp of 0 as the present
   * time.
   *
   * @param callback called once, when it is known how the send ended; null for none
   * @return never null; completes with where the record was written, or with the exception that
   *     {@code callback} gets. {@code cancel} answers false, and only the producer completes it;
   *     {@code orTimeout} and {@code completeOnTimeout} answer a copy
   * @throws IllegalStateException when the producer has been closed
   * @throws InterruptException when interrupted while waiting
   * @throws org.apache.kafka.common.errors.SerializationException when key or value is of a class
   *     that the serializer does not take
   * @throws KafkaException when the producer cannot go on, or is closed meanwhile
   */
  @Override
  public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record, Callback callback) {
    return core.send(record, callback);
  }

  /**
   * Sends at once what is waiting for a fuller batch, and waits until all records sent before are
   * delivered or failed: their futures are done then.
   *
   * @throws KafkaException when called in a callback
   * @throws InterruptException when interrupted while waiting
   */
  @Override
  public void flush() {
    core.flush();
  }

  /**
   * The partitions of a topic. Racks and offline replicas are not known to this client.
   *
   * @throws TimeoutException when the topic is not known after {@code max.block.ms}
   * @throws org.apache.kafka.common.errors.InvalidTopicException for a name that no topic can have
   * @throws org.apache.kafka.common.errors.TopicAuthorizationException when it may not be seen
   * @throws InterruptException when interrupted while waiting
   */
  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    Objects.requireNonNull(topic, "topic cannot be null");
    return core.partitionsFor(topic);
  }

  /**
   * Under Kafka's names. What librdkafka's statistics tell is up to five seconds old ({@code
   * librdkafka.statistics.interval.ms}; not a number when that is 0).
   */
  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return core.metrics();
  }

  /** Waits for as long as it takes; see {@link #close(Duration)}. */
  @Override
  public void close() {
    close(Duration.ofMillis(Long.MAX_VALUE));
  }

  /**
   * Closes the producer: no record is accepted any more; those accepted before are delivered within
   * the time given, and what is not fails with a {@link KafkaException}. An open transaction is
   * aborted. Closing again does nothing, but wait for the first close.
   *
   * @param timeout zero to fail what is not delivered yet; taken as zero in a callback
   * @throws IllegalArgumentException for a negative timeout
   * @throws InterruptException when interrupted; the producer is closed nevertheless
   * @throws KafkaException when an interceptor, a serializer or the partitioner fails to close
   */
  @Override
  public void close(Duration timeout) {
    core.close(timeout);
  }

  /**
   * Null, as from Kafka's producer when the brokers have no telemetry: librdkafka, which pushes its
   * own metrics, does not tell its id.
   *
   * @throws IllegalStateException when {@code enable.metrics.push} is false
   * @throws IllegalArgumentException for a negative timeout
   */
  @Override
  public Uuid clientInstanceId(Duration timeout) {
    return Telemetry.clientInstanceId(pushesMetrics, timeout);
  }

  /** Has no effect: librdkafka pushes its own metrics only. */
  @Override
  public void registerMetricForSubscription(KafkaMetric metric) {
    Telemetry.ignore(metric);
  }

  /** Has no effect: librdkafka pushes its own metrics only. */
  @Override
  public void unregisterMetricFromSubscription(KafkaMetric metric) {
    Telemetry.ignore(metric);
  }

  /**
   * Makes the producer ready for transactions: fences every other one with its {@code
   * transactional.id} and ends what those have left open. To be called once, before the first
   * transaction.
   *
   * @throws IllegalStateException when the producer is not transactional, has been initialized
   *     already, or has been closed
   * @throws TimeoutException when it takes longer than {@code max.block.ms}; it goes on then, and
   *     calling again waits for it once more
   * @throws InterruptException when interrupted while waiting; calling again waits once more
   * @throws KafkaException when the coordinator refuses
   */
  @Override
  public void initTransactions() {
    core.initTransactions();
  }

  /**
   * Begins a transaction: what is sent from now on belongs to it. Asks no broker.
   *
   * @throws IllegalStateException when the producer is not ready for one
   * @throws ProducerFencedException when another producer has taken over the {@code
   *     transactional.id}: this one can only be closed
   * @throws KafkaException when an earlier error has made the producer unusable, or the last
   *     transaction failed and has not been aborted
   */
  @Override
  public void beginTransaction() {
    core.beginTransaction();
  }

  /**
   * Makes a consumer group's offsets part of the transaction: they are committed with it.
   *
   * @param offsets the next offset to be consumed of each partition; nothing happens if empty
   * @param groupMetadata the consumer's own, of this client's consumer or of Kafka's
   * @throws IllegalStateException when there is no transaction
   * @throws IllegalArgumentException when {@code groupMetadata} is null or has a generation, but no
   *     member
   * @throws org.apache.kafka.clients.consumer.CommitFailedException when the member is not of the
   *     group's present generation: the transaction has to be aborted
   * @throws ProducerFencedException when another producer has taken over the {@code
   *     transactional.id}: this one can only be closed
   * @throws TimeoutException when it takes longer than {@code max.block.ms}; it goes on then
   * @throws InterruptException when interrupted while waiting
   * @throws KafkaException when the transaction has failed
   */
  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
    core.sendOffsetsToTransaction(offsets, groupMetadata);
  }

  /**
   * Delivers what was sent and commits the transaction. All callbacks have run when it returns.
   *
   * @throws IllegalStateException when there is no transaction
   * @throws ProducerFencedException when another producer has taken over the {@code
   *     transactional.id}: this one can only be closed
   * @throws TimeoutException when it takes longer than {@code max.block.ms}; it goes on then, and
   *     only this method may be called, which waits for it once more
   * @throws InterruptException when interrupted while waiting; as above
   * @throws KafkaException when a record was not delivered or the transaction has failed otherwise:
   *     it has to be aborted
   */
  @Override
  public void commitTransaction() {
    core.commitTransaction();
  }

  /**
   * Aborts the transaction. Records that have not been sent to a broker yet fail with a {@link
   * org.apache.kafka.common.errors.TransactionAbortedException}.
   *
   * @throws IllegalStateException when there is no transaction
   * @throws ProducerFencedException when another producer has taken over the {@code
   *     transactional.id}: this one can only be closed
   * @throws TimeoutException when it takes longer than {@code max.block.ms}; it goes on then, and
   *     only this method may be called, which waits for it once more
   * @throws InterruptException when interrupted while waiting; as above
   * @throws KafkaException when the producer has become unusable
   */
  @Override
  public void abortTransaction() {
    core.abortTransaction();
  }
}
