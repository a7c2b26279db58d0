package io.github.rdkafka.internal.producer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.bindings.NativeLibrary;
import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.config.NativeConfig;
import io.github.rdkafka.internal.config.ProducerConfigTranslator;
import io.github.rdkafka.internal.config.StatisticsInterval;
import io.github.rdkafka.internal.metrics.ClientMetrics;
import io.github.rdkafka.internal.metrics.ProducerMetrics;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.producer.transactions.Transactions;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serializer;

/** The parts of a producer: made in an order in which each can be released if a later one fails. */
final class ProducerParts<K, V> {
  private static final String THREAD_PREFIX = "kafka-producer-network-thread | ";

  private ClientMetrics metrics;
  private ProducerPlugins<K, V> plugins;
  private ProducerState state;
  private ProducerFlush flush;
  private NativeClient client;

  void open(ProducerConfig config, Serializer<K> keySerializer, Serializer<V> valueSerializer) {
    String clientId = config.getString(ProducerConfig.CLIENT_ID_CONFIG);
    metrics = ClientMetrics.open("producer", config);
    plugins = new ProducerPlugins<>(config, metrics.registry(), keySerializer, valueSerializer);
    int batchSize = Math.max(1, config.getInt(ProducerConfig.BATCH_SIZE_CONFIG));
    MemoryBudget budget =
        new MemoryBudget(
            config.getLong(ProducerConfig.BUFFER_MEMORY_CONFIG), batchSize, new Shortage());
    state =
        new ProducerState(
            clientId,
            budget,
            metrics,
            new ProducerMetrics.Settings(
                StatisticsInterval.isOn(config), ProducerConfigTranslator.compresses(config)));
    NativeClient.loadLibrary();
    DeliveryReports reports = new DeliveryReports(state, plugins.interceptors());
    NativeConfig translated = ProducerConfigTranslator.translate(config);
    client =
        NativeClient.open(
            RD_KAFKA_PRODUCER(),
            translated,
            RD_KAFKA_EVENT_DR() | RD_KAFKA_EVENT_STATS(),
            NativeClient.Customizer.NONE,
            reports,
            clientId,
            THREAD_PREFIX + clientId);
    client.acceptedKeys().forEach(config::ignore);
    flush = new ProducerFlush(state);
    state.opened(
        client,
        newMetadata(config, StickySettings.of(config, translated)),
        new Transactions(
            config.getString(ProducerConfig.TRANSACTIONAL_ID_CONFIG),
            Transactions.Settings.of(config),
            client,
            state.helpers,
            flush::await),
        config.getLong(ProducerConfig.LINGER_MS_CONFIG) > 0
            && NativeLibrary.load().has("rd_kafka_produce_packed"));
  }

  /** Senders are about to wait for others' records. */
  private final class Shortage implements MemoryBudget.Shortage {
    @Override
    public void ofMemory() {
      ofPace();
      flush.hurry();
    }

    @Override
    public void ofPace() {
      RecordAccumulator accumulator = state.accumulator();
      if (accumulator != null) {
        accumulator.flushIfFree();
      }
    }
  }

  private ProducerMetadata newMetadata(ProducerConfig config, StickyPartitioner.Settings sticky) {
    return new ProducerMetadata(
        client,
        state.helpers,
        new ProducerMetadata.Settings(
            config.getLong(ProducerConfig.METADATA_MAX_AGE_CONFIG),
            config.getLong(ProducerConfig.RETRY_BACKOFF_MS_CONFIG)),
        () -> new StickyPartitioner(sticky),
        new ClusterView(plugins.listeners()),
        state.budget::setPartitions);
  }

  RecordSender<K, V> newSender(ProducerConfig config) {
    return new RecordSender<>(
        state,
        plugins.interceptors(),
        new RecordSerialization<>(config, plugins.keySerializer(), plugins.valueSerializer()),
        new RecordPartitioner(
            plugins.partitioner(),
            config.getBoolean(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG)),
        config);
  }

  ProducerState state() {
    return state;
  }

  ProducerFlush flush() {
    return flush;
  }

  ClientMetrics metrics() {
    return metrics;
  }

  /** Closes what the user gave us; {@code first} takes the first exception. */
  void closeJavaSide(AtomicReference<Throwable> first) {
    if (plugins != null) {
      plugins.close(first);
    }
    if (state != null) {
      state.metrics.close();
    }
    if (metrics != null) {
      metrics.close(first);
    }
  }

  /** Releases what there is, after a failed construction. */
  void release() {
    if (client != null) {
      try {
        client.close(Deadline.afterMillis(1000), 0);
      } catch (InterruptedException interrupt) {
        Thread.currentThread().interrupt();
      }
    }
    if (state != null) {
      state.helpers.shutdown();
    }
    closeJavaSide(new AtomicReference<>());
  }
}
