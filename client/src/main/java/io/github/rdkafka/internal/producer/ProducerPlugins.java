package io.github.rdkafka.internal.producer;

import io.github.rdkafka.internal.metrics.PluginMonitor;
import java.io.Closeable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.internals.ClusterResourceListeners;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** The user's classes that a producer is configured with: made, configured and closed here. */
final class ProducerPlugins<K, V> {
  private final ProducerConfig config;
  private final Map<String, Object> clientId;
  private final PluginMonitor monitor;
  private Partitioner partitioner;
  private Serializer<K> keySerializer;
  private Serializer<V> valueSerializer;
  private Interceptors<K, V> interceptors;
  private ClusterResourceListeners listeners;

  /**
   * @param keySerializer null to make the one that the configuration names; a given one is not
   *     configured
   * @param valueSerializer likewise
   */
  ProducerPlugins(
      ProducerConfig config,
      Metrics metrics,
      Serializer<K> keySerializer,
      Serializer<V> valueSerializer) {
    this.config = config;
    this.monitor = new PluginMonitor(metrics);
    this.clientId =
        Map.of(ProducerConfig.CLIENT_ID_CONFIG, config.getString(ProducerConfig.CLIENT_ID_CONFIG));
    try {
      open(metrics, keySerializer, valueSerializer);
    } catch (Throwable failure) {
      close(new AtomicReference<>());
      throw failure;
    }
  }

  @SuppressWarnings("unchecked")
  private void open(
      Metrics metrics, Serializer<K> givenKeySerializer, Serializer<V> givenValueSerializer) {
    partitioner =
        config.getConfiguredInstance(
            ProducerConfig.PARTITIONER_CLASS_CONFIG, Partitioner.class, clientId);
    monitor.add(ProducerConfig.PARTITIONER_CLASS_CONFIG, partitioner);
    keySerializer =
        serializer(givenKeySerializer, ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, true);
    monitor.add(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, keySerializer);
    valueSerializer =
        serializer(givenValueSerializer, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, false);
    monitor.add(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, valueSerializer);
    List<ProducerInterceptor<K, V>> chain =
        (List<ProducerInterceptor<K, V>>)
            ClientUtils.configuredInterceptors(
                config, ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, ProducerInterceptor.class);
    interceptors = new Interceptors<>(chain);
    chain.forEach(each -> monitor.add(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, each));
    listeners =
        ClientUtils.configureClusterResourceListeners(
            metrics.reporters(), chain, List.of(keySerializer, valueSerializer));
  }

  @SuppressWarnings("unchecked")
  private <T> Serializer<T> serializer(Serializer<T> given, String key, boolean isKey) {
    Serializer<T> serializer = given;
    if (given == null) {
      serializer = config.getConfiguredInstance(key, Serializer.class);
      serializer.configure(config.originals(clientId), isKey);
    } else {
      config.ignore(key);
    }
    return serializer;
  }

  /** Null when the built-in partitioning is wanted. */
  Partitioner partitioner() {
    return partitioner;
  }

  Serializer<K> keySerializer() {
    return keySerializer;
  }

  Serializer<V> valueSerializer() {
    return valueSerializer;
  }

  Interceptors<K, V> interceptors() {
    return interceptors;
  }

  ClusterResourceListeners listeners() {
    return listeners;
  }

  /** Closes what there is; {@code first} takes the first exception. */
  void close(AtomicReference<Throwable> first) {
    Utils.closeQuietly(interceptors, "producer interceptors", first);
    close(keySerializer, "producer keySerializer", first);
    close(valueSerializer, "producer valueSerializer", first);
    close(partitioner, "producer partitioner", first);
    monitor.close();
  }

  /** As Kafka closes plugins. */
  private static void close(Closeable plugin, String name, AtomicReference<Throwable> first) {
    AutoCloseable closing =
        () -> {
          try {
            plugin.close();
          } catch (Throwable failure) {
            throw new KafkaException("failed closing plugin", failure);
          }
        };
    Utils.closeQuietly(plugin == null ? null : closing, name, first);
  }
}
