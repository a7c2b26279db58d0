package io.github.rdkafka.internal.producer;

import io.github.rdkafka.internal.config.NativeConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Reads {@link StickyPartitioner.Settings} out of a configuration. */
final class StickySettings {
  /** How many times {@code batch.size} may go to one partition within the linger time. */
  private static final int MOST_BATCHES = 8;

  private StickySettings() {}

  static StickyPartitioner.Settings of(ProducerConfig config, NativeConfig translated) {
    int batchBytes = Math.max(1, config.getInt(ProducerConfig.BATCH_SIZE_CONFIG));
    // librdkafka sends a partition's records before the linger time when they are more than that.
    batchBytes = Math.min(batchBytes, Integer.MAX_VALUE - 1) + 1;
    long most =
        Math.min(nativeBatchBytes(translated, batchBytes), (long) MOST_BATCHES * batchBytes);
    return new StickyPartitioner.Settings(
        batchBytes,
        Math.clamp(most, batchBytes, Integer.MAX_VALUE),
        config.getLong(ProducerConfig.LINGER_MS_CONFIG),
        config.getBoolean(ProducerConfig.PARTITIONER_ADAPTIVE_PARTITIONING_ENABLE_CONFIG),
        config.getLong(ProducerConfig.PARTITIONER_AVAILABILITY_TIMEOUT_MS_CONFIG));
  }

  private static long nativeBatchBytes(NativeConfig translated, long otherwise) {
    return translated.value("batch.size").map(String::trim).map(Long::parseLong).orElse(otherwise);
  }
}
