package io.github.rdkafka.internal.config;

import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_LZ4_LEVEL_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG;

import org.apache.kafka.clients.producer.ProducerConfig;

/** The codec and its level; librdkafka has one property for all levels, up to 12. */
final class CompressionTranslation {
  private static final String LEVEL = "compression.level";
  private static final int HIGHEST = 12;

  private CompressionTranslation() {}

  static void apply(Translation to) {
    String type = to.config().getString(COMPRESSION_TYPE_CONFIG);
    to.set("compression.type", type, COMPRESSION_TYPE_CONFIG);
    switch (type) {
      case "gzip" ->
          to.set(
              LEVEL,
              to.config().getInt(COMPRESSION_GZIP_LEVEL_CONFIG),
              COMPRESSION_GZIP_LEVEL_CONFIG);
      case "lz4" -> lz4(to);
      case "zstd" -> zstd(to);
      default -> {}
    }
  }

  /** Kafka's default level stands for the fast compressor, which is librdkafka's default. */
  private static void lz4(Translation to) {
    int level = to.config().getInt(COMPRESSION_LZ4_LEVEL_CONFIG);
    if (level != defaultLevel(COMPRESSION_LZ4_LEVEL_CONFIG)) {
      int used = to.clamp(COMPRESSION_LZ4_LEVEL_CONFIG, level, 3, HIGHEST);
      to.set(LEVEL, used, COMPRESSION_LZ4_LEVEL_CONFIG);
    }
  }

  private static void zstd(Translation to) {
    int level = to.config().getInt(COMPRESSION_ZSTD_LEVEL_CONFIG);
    int used =
        level == 0 // zstd's way to ask for its default
            ? defaultLevel(COMPRESSION_ZSTD_LEVEL_CONFIG)
            : to.clamp(COMPRESSION_ZSTD_LEVEL_CONFIG, level, 1, HIGHEST);
    to.set(LEVEL, used, COMPRESSION_ZSTD_LEVEL_CONFIG);
  }

  private static int defaultLevel(String key) {
    return (int) ProducerConfig.configDef().defaultValues().get(key);
  }
}
