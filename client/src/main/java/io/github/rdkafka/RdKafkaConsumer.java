package io.github.rdkafka;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.config.KafkaConfigs;
import io.github.rdkafka.internal.consumer.ConsumerInterceptorChain;
import io.github.rdkafka.internal.consumer.Departure;
import io.github.rdkafka.internal.consumer.NativeConsumer;
import io.github.rdkafka.internal.consumer.RecordCollector;
import io.github.rdkafka.internal.metrics.ConsumerMetrics;
import io.github.rdkafka.internal.metrics.Telemetry;
import io.github.rdkafka.internal.natives.LibraryPreload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's {@link Consumer} on librdkafka: the same configuration, methods, exceptions and delivery
 * semantics as {@link org.apache.kafka.clients.consumer.KafkaConsumer}.
 *
 * <p>A consumer belongs to one thread at a time; a second one gets a {@link
 * java.util.ConcurrentModificationException}. Only {@link #wakeup} may come from anywhere.
 * Rebalance listeners, commit callbacks, interceptors and deserializers run on the thread that
 * called.
 *
 * <p>Records that were fetched ahead live in native memory and not in the Java heap. The client
 * stops fetching when it holds as much as the librdkafka property {@code
 * queued.max.messages.kbytes} says (64 MiB by default), or as many records as {@code
 * queued.min.messages} (100,000); beyond that come at most the fetches under way, one per broker
 * and of {@code fetch.max.bytes} each (4 MiB unless set). The heap holds what the user holds, what
 * {@link #poll} has taken over ({@code max.poll.records} records, at least 500 and at most 4096,
 * with all others of the batch, as the producer made it, that has the last of them), and as much
 * for each paused partition. Records of a format older than Kafka 0.11, and all records with a
 * librdkafka without this project's corrections, take some 320 bytes of native memory more.
 */
public final class RdKafkaConsumer<K, V> implements Consumer<K, V> {
  private static final Logger LOG = LoggerFactory.getLogger(RdKafkaConsumer.class);
  private static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final NativeConsumer consumer;
  private final RecordCollector<K, V> collector;
  private final Deserializer<K> keyDeserializer;
  private final Deserializer<V> valueDeserializer;
  private final ConsumerInterceptorChain<K, V> interceptors;
  private final ConsumerMetrics metrics;
  private final boolean pushesMetrics;
  private boolean closed;

  /**
   * @param configs as for Kafka's consumer, see {@link ConsumerConfig}; librdkafka's own properties
   *     with the prefix {@code librdkafka.}
   * @throws KafkaException when the configuration is invalid or the native library cannot be loaded
   */
  public RdKafkaConsumer(Map<String, Object> configs) {
    this(configs, null, null);
  }

  /** As {@link #RdKafkaConsumer(Map)}. */
  public RdKafkaConsumer(Properties properties) {
    this(properties, null, null);
  }

  /** As {@link #RdKafkaConsumer(Map, Deserializer, Deserializer)}. */
  public RdKafkaConsumer(
      Properties properties, Deserializer<K> keyDeserializer, Deserializer<V> valueDeserializer) {
    this(Utils.propsToMap(properties), keyDeserializer, valueDeserializer);
  }

  /**
   * As {@link #RdKafkaConsumer(Map)}.
   *
   * @param keyDeserializer null for the configured one; otherwise used as it is, without {@code
   *     configure}
   * @param valueDeserializer as {@code keyDeserializer}
   */
  public RdKafkaConsumer(
      Map<String, Object> configs,
      Deserializer<K> keyDeserializer,
      Deserializer<V> valueDeserializer) {
    this(config(configs, keyDeserializer, valueDeserializer), keyDeserializer, valueDeserializer);
  }

  private static ConsumerConfig config(
      Map<String, Object> configs,
      Deserializer<?> keyDeserializer,
      Deserializer<?> valueDeserializer) {
    LibraryPreload.beginForConsumer();
    return new ConsumerConfig(
        KafkaConfigs.withDeserializers(configs, keyDeserializer, valueDeserializer));
  }

  private RdKafkaConsumer(
      ConsumerConfig config, Deserializer<K> givenKeys, Deserializer<V> givenValues) {
    ConsumerInterceptorChain<K, V> chain = null;
    Deserializer<K> keys = null;
    Deserializer<V> values = null;
    ConsumerMetrics measured = null;
    try {
      measured = ConsumerMetrics.open(config);
      String clientId = config.getString(ConsumerConfig.CLIENT_ID_CONFIG);
      List<ConsumerInterceptor<K, V>> configured = interceptors(config, clientId);
      chain = new ConsumerInterceptorChain<>(configured);
      for (ConsumerInterceptor<K, V> each : configured) {
        measured.plugins().add(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, each);
      }
      keys = deserializer(config, givenKeys, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, true);
      values =
          deserializer(config, givenValues, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, false);
      measured.plugins().add(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, keys);
      measured.plugins().add(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, values);
      List<Object> plugins = new ArrayList<>(configured);
      plugins.addAll(List.of(keys, values));
      plugins.addAll(measured.client().registry().reporters());
      consumer = new NativeConsumer(config, chain::onCommit, plugins, measured);
    } catch (Throwable failure) {
      Utils.closeQuietly(chain, "consumer interceptors");
      Utils.closeQuietly(keys, "consumer key deserializer");
      Utils.closeQuietly(values, "consumer value deserializer");
      close(measured);
      throw new KafkaException("Failed to construct kafka consumer", failure);
    }
    interceptors = chain;
    keyDeserializer = keys;
    valueDeserializer = values;
    metrics = measured;
    pushesMetrics = config.getBoolean(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG);
    collector = consumer.collector(keys, values);
    config.logUnused();
  }

  @Override
  public Set<TopicPartition> assignment() {
    return call(consumer::assigned);
  }

  @Override
  public Set<String> subscription() {
    return call(consumer::subscription);
  }

  @Override
  public void subscribe(Collection<String> topics) {
    subscribeTo(topics, null);
  }

  @Override
  public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
    requireListener(listener);
    subscribeTo(topics, listener);
  }

  @Override
  public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
    requireListener(listener);
    subscribeTo(pattern, listener);
  }

  @Override
  public void subscribe(Pattern pattern) {
    subscribeTo(pattern, null);
  }

  @Override
  public void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener listener) {
    consumer.subscriber().requireBrokerPatterns();
    requireListener(listener);
    subscribeTo(pattern, listener);
  }

  @Override
  public void subscribe(SubscriptionPattern pattern) {
    consumer.subscriber().requireBrokerPatterns();
    subscribeTo(pattern, null);
  }

  @Override
  public void assign(Collection<TopicPartition> partitions) {
    run(
        () -> {
          if (partitions == null) {
            throw new IllegalArgumentException(
                "Topic partition collection to assign to cannot be null");
          }
          if (partitions.isEmpty()) {
            consumer.subscriber().unsubscribe();
            return;
          }
          for (TopicPartition partition : partitions) {
            if (partition == null || Utils.isBlank(partition.topic())) {
              throw new IllegalArgumentException(
                  "Topic partitions to assign to cannot have null or empty topic");
            }
          }
          consumer.subscriber().assign(partitions);
        });
  }

  @Override
  public void unsubscribe() {
    run(consumer.subscriber()::unsubscribe);
  }

  @Override
  public ConsumerRecords<K, V> poll(Duration timeout) {
    Deadline deadline = Deadline.after(requireTime(timeout));
    return call(
        () -> {
          metrics.pollStarted();
          try {
            return consumer.poll(deadline)
                ? interceptors.onConsume(collector.collect())
                : ConsumerRecords.empty();
          } finally {
            metrics.pollEnded();
          }
        });
  }

  @Override
  public void commitSync() {
    commitSync(consumer.offsets().defaultTimeout());
  }

  @Override
  public void commitSync(Duration timeout) {
    commitAndWait(
        () -> consumer.offsets().commitSync(consumer.offsets().consumed(), requireTime(timeout)));
  }

  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
    commitSync(offsets, consumer.offsets().defaultTimeout());
  }

  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    commitAndWait(() -> consumer.offsets().commitSync(offsets, requireTime(timeout)));
  }

  @Override
  public void commitAsync() {
    commitAsync(null);
  }

  @Override
  public void commitAsync(OffsetCommitCallback callback) {
    run(() -> commitLater(consumer.offsets().consumed(), callback));
  }

  @Override
  public void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    run(() -> commitLater(offsets, callback));
  }

  /**
   * Commits the positions behind the records that {@link #poll} has returned, as {@link
   * #commitAsync()} does. See {@link #commit(Map)}.
   */
  public CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> commit() {
    return call(() -> consumer.offsets().commit(consumer.offsets().consumed()));
  }

  /**
   * Commits offsets and returns at once; beyond Kafka's {@link Consumer}.
   *
   * <p>The offsets and the failures are those of {@link #commitAsync(Map, OffsetCommitCallback)}:
   * nothing is tried again, and what may succeed another time fails with {@link
   * org.apache.kafka.clients.consumer.RetriableCommitFailedException}. The same order holds too:
   * commits reach the group in the order of their calls.
   *
   * <p>Unlike a callback the future needs no further {@code poll}. It completes when the group has
   * answered, on a thread of the {@linkplain java.util.concurrent.ForkJoinPool#commonPool() common
   * pool}; whoever waits for it, on the consumer's thread or elsewhere, waits for the broker only.
   * Dependent actions run there too unless they are given an executor, and must not call this
   * consumer, which belongs to its own thread. Interceptors are told on the consumer's thread, in
   * its next call that serves callbacks. Every future completes: what has found no answer when the
   * consumer is closed fails with a {@link
   * org.apache.kafka.clients.consumer.CommitFailedException}.
   *
   * <p>Nothing polls on the user's behalf: a commit keeps no member in its group.
   *
   * <p>With a {@code partition.assignment.strategy} that librdkafka does not have this waits for
   * the group's answer, up to {@code default.api.timeout.ms}, before it returns.
   *
   * @param offsets the next offsets to read; copied
   * @return the committed offsets; cancelling it, or completing it, does not take the commit back
   * @throws org.apache.kafka.common.errors.InvalidGroupIdException without {@code group.id}
   * @throws java.util.ConcurrentModificationException on a second thread
   */
  public CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> commit(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    return call(() -> consumer.offsets().commit(Map.copyOf(offsets)));
  }

  @Override
  public void seek(TopicPartition partition, long offset) {
    if (offset < 0) {
      throw new IllegalArgumentException("seek offset must not be a negative number");
    }
    seek(partition, new OffsetAndMetadata(offset));
  }

  @Override
  public void seek(TopicPartition partition, OffsetAndMetadata offsetAndMetadata) {
    if (offsetAndMetadata.offset() < 0) {
      throw new IllegalArgumentException("seek offset must not be a negative number");
    }
    run(
        () ->
            consumer
                .offsets()
                .seek(partition, offsetAndMetadata.offset(), offsetAndMetadata.leaderEpoch()));
  }

  @Override
  public void seekToBeginning(Collection<TopicPartition> partitions) {
    requirePartitions(partitions);
    run(() -> consumer.offsets().seekToBeginning(partitions));
  }

  @Override
  public void seekToEnd(Collection<TopicPartition> partitions) {
    requirePartitions(partitions);
    run(() -> consumer.offsets().seekToEnd(partitions));
  }

  @Override
  public long position(TopicPartition partition) {
    return position(partition, consumer.offsets().defaultTimeout());
  }

  @Override
  public long position(TopicPartition partition, Duration timeout) {
    return call(() -> consumer.offsets().position(partition, requireTime(timeout)));
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
    return committed(partitions, consumer.offsets().defaultTimeout());
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration timeout) {
    return call(
        () -> {
          long begun = System.nanoTime();
          try {
            return consumer.offsets().committed(partitions, requireTime(timeout));
          } finally {
            metrics.committedReturned(System.nanoTime() - begun);
          }
        });
  }

  /**
   * Null, as from Kafka's consumer when the brokers have no telemetry: librdkafka, which pushes its
   * own metrics, does not tell its id.
   *
   * @throws IllegalStateException when {@code enable.metrics.push} is false
   * @throws IllegalArgumentException for a negative timeout
   */
  @Override
  public Uuid clientInstanceId(Duration timeout) {
    return Telemetry.clientInstanceId(pushesMetrics, timeout);
  }

  /**
   * Under Kafka's names. What librdkafka's statistics tell is up to five seconds old ({@code
   * librdkafka.statistics.interval.ms}; not a number when that is 0). Any thread may call this.
   */
  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return Collections.unmodifiableMap(metrics.client().registry().metrics());
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

  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    return partitionsFor(topic, consumer.offsets().defaultTimeout());
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
    return call(() -> consumer.metadata().partitionsFor(topic, requireTime(timeout)));
  }

  @Override
  public Map<String, List<PartitionInfo>> listTopics() {
    return listTopics(consumer.offsets().defaultTimeout());
  }

  @Override
  public Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
    return call(() -> consumer.metadata().listTopics(requireTime(timeout)));
  }

  @Override
  public Set<TopicPartition> paused() {
    return call(consumer::paused);
  }

  @Override
  public void pause(Collection<TopicPartition> partitions) {
    run(() -> consumer.pause(partitions));
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    run(() -> consumer.resume(partitions));
  }

  @Override
  public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestampsToSearch) {
    return offsetsForTimes(timestampsToSearch, consumer.offsets().defaultTimeout());
  }

  @Override
  public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestampsToSearch, Duration timeout) {
    timestampsToSearch.forEach(
        (partition, timestamp) -> {
          if (timestamp < 0) {
            throw new IllegalArgumentException(
                "The target time for partition "
                    + partition
                    + " is "
                    + timestamp
                    + ". The target time cannot be negative.");
          }
        });
    return call(() -> consumer.offsets().byTimestamp(timestampsToSearch, requireTime(timeout)));
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
    return beginningOffsets(partitions, consumer.offsets().defaultTimeout());
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return call(() -> consumer.offsets().boundaries(partitions, false, requireTime(timeout)));
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
    return endOffsets(partitions, consumer.offsets().defaultTimeout());
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return call(() -> consumer.offsets().boundaries(partitions, true, requireTime(timeout)));
  }

  @Override
  public OptionalLong currentLag(TopicPartition topicPartition) {
    return call(() -> consumer.lag(topicPartition));
  }

  @Override
  public ConsumerGroupMetadata groupMetadata() {
    return call(consumer::groupMetadata);
  }

  @Override
  public void enforceRebalance() {
    enforceRebalance(null);
  }

  @Override
  public void enforceRebalance(String reason) {
    run(() -> consumer.enforceRebalance(reason));
  }

  @Override
  public void close() {
    closeWithin(DEFAULT_CLOSE_TIMEOUT);
  }

  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester")
  public void close(Duration timeout) {
    closeWithin(Objects.requireNonNullElse(timeout, DEFAULT_CLOSE_TIMEOUT));
  }

  @Override
  public void close(CloseOptions options) {
    close(
        options.timeout().orElse(DEFAULT_CLOSE_TIMEOUT),
        new Departure(
            switch (options.groupMembershipOperation()) {
              case LEAVE_GROUP -> Departure.Place.LEAVE;
              case REMAIN_IN_GROUP -> Departure.Place.REMAIN;
              case DEFAULT -> Departure.Place.DEFAULT;
            },
            (member, limit) ->
                member.close(
                    CloseOptions.timeout(limit)
                        .withGroupMembershipOperation(options.groupMembershipOperation()))));
  }

  // not by way of CloseOptions, which kafka-clients 4.0 does not have
  @SuppressWarnings({"deprecation", "InlineMeInliner"})
  private void closeWithin(Duration timeout) {
    close(timeout, new Departure(Departure.Place.DEFAULT, Consumer::close));
  }

  private void close(Duration timeout, Departure departure) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("The timeout cannot be negative.");
    }
    try {
      consumer.close(Deadline.after(timeout), departure);
    } finally {
      if (consumer.isClosed()) {
        closeParts();
      }
    }
  }

  @Override
  public void wakeup() {
    consumer.wakeup();
  }

  private void subscribeTo(Collection<String> topics, ConsumerRebalanceListener listener) {
    run(
        () -> {
          consumer.subscriber().requireGroup();
          if (topics == null) {
            throw new IllegalArgumentException("Topic collection to subscribe to cannot be null");
          }
          if (topics.isEmpty()) {
            consumer.subscriber().unsubscribe();
            return;
          }
          for (String topic : topics) {
            if (Utils.isBlank(topic)) {
              throw new IllegalArgumentException(
                  "Topic collection to subscribe to cannot contain null or empty topic");
            }
          }
          consumer.subscriber().subscribe(new LinkedHashSet<>(topics), listener);
        });
  }

  private void subscribeTo(Pattern pattern, ConsumerRebalanceListener listener) {
    run(
        () -> {
          consumer.subscriber().requireGroup();
          requirePattern(pattern == null ? null : pattern.toString());
          consumer.subscriber().subscribe(pattern, listener);
        });
  }

  private void subscribeTo(SubscriptionPattern pattern, ConsumerRebalanceListener listener) {
    run(
        () -> {
          consumer.subscriber().requireGroup();
          requirePattern(pattern == null ? null : pattern.pattern());
          consumer.subscriber().subscribe(pattern, listener);
        });
  }

  private static void requirePattern(String pattern) {
    if (pattern == null || pattern.isEmpty()) {
      throw new IllegalArgumentException(
          "Topic pattern to subscribe to cannot be " + (pattern == null ? "null" : "empty"));
    }
  }

  private static void requireListener(ConsumerRebalanceListener listener) {
    if (listener == null) {
      throw new IllegalArgumentException("RebalanceListener cannot be null");
    }
  }

  private void commitLater(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    consumer
        .offsets()
        .commitAsync(
            offsets,
            Objects.requireNonNullElse(
                callback,
                (committed, failure) -> {
                  if (failure != null) {
                    LOG.error("Offset commit with offsets {} failed", committed, failure);
                  }
                }));
  }

  private void closeParts() {
    if (!closed) {
      closed = true;
      Utils.closeQuietly(interceptors, "consumer interceptors");
      Utils.closeQuietly(keyDeserializer, "consumer key deserializer");
      Utils.closeQuietly(valueDeserializer, "consumer value deserializer");
      close(metrics);
    }
  }

  private static void close(ConsumerMetrics metrics) {
    if (metrics != null) {
      metrics.close(new AtomicReference<>());
    }
  }

  private void commitAndWait(Runnable commit) {
    run(
        () -> {
          long begun = System.nanoTime();
          try {
            commit.run();
          } finally {
            metrics.commitSyncReturned(System.nanoTime() - begun);
          }
        });
  }

  private void run(Runnable action) {
    consumer.acquire();
    try {
      action.run();
    } finally {
      consumer.release();
    }
  }

  private <T> T call(Supplier<T> action) {
    consumer.acquire();
    try {
      return action.get();
    } finally {
      consumer.release();
    }
  }

  private static Duration requireTime(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("Invalid negative timeout " + timeout.toMillis());
    }
    return timeout;
  }

  private static void requirePartitions(Collection<TopicPartition> partitions) {
    if (partitions == null) {
      throw new IllegalArgumentException("Partitions collection cannot be null");
    }
  }

  @SuppressWarnings("unchecked")
  private static <K, V> List<ConsumerInterceptor<K, V>> interceptors(
      ConsumerConfig config, String clientId) {
    return (List<ConsumerInterceptor<K, V>>)
        (List<?>)
            config.getConfiguredInstances(
                ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
                ConsumerInterceptor.class,
                Map.of(ConsumerConfig.CLIENT_ID_CONFIG, clientId));
  }

  @SuppressWarnings("unchecked")
  private static <T> Deserializer<T> deserializer(
      ConsumerConfig config, Deserializer<T> given, String key, boolean isKey) {
    if (given != null) {
      config.ignore(key);
      return given;
    }
    String clientId = config.getString(ConsumerConfig.CLIENT_ID_CONFIG);
    Deserializer<T> configured = config.getConfiguredInstance(key, Deserializer.class);
    configured.configure(
        config.originals(Map.of(ConsumerConfig.CLIENT_ID_CONFIG, clientId)), isKey);
    return configured;
  }
}
