package io.github.rdkafka.internal.config;

import static org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BATCH_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_BLOCK_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.PARTITIONER_CLASS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.RETRIES_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG;

import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;

/** Translates a producer's configuration. */
public final class ProducerConfigTranslator {
  private static final int DEFAULT_BATCH_SIZE = 1_000_000;

  /** Under load Kafka's batches are full long before the linger time ends, ours are not. */
  private static final int WORTH_A_REQUEST = 256 * 1024;

  private ProducerConfigTranslator() {}

  /**
   * Translates what Kafka parsed. Keys that are translated or have no effect are marked as used;
   * those done in Java are left for the client to read.
   *
   * @return the caller owns it, see {@link NativeConfig#closeSources()}
   * @throws ConfigException for values that cannot be honoured, naming the user's key
   */
  public static NativeConfig translate(ProducerConfig config) {
    // kafka-clients 4.0 has no such key
    if (Boolean.TRUE.equals(config.values().get(TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG))) {
      throw new ConfigException(
          TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG,
          true,
          ProducerKeys.TABLE.entry(TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG).reason());
    }
    Translation to = new Translation(config);
    ConnectionTranslation.apply(to);
    reliability(to);
    DeliveryTranslation.apply(to);
    batches(to);
    CompressionTranslation.apply(to);
    partitioner(to);
    ProducerKeys.markWithoutEffect(to);
    SecurityTranslation.apply(to);
    return to.finish();
  }

  /** Whether librdkafka is going to compress batches. */
  public static boolean compresses(ProducerConfig config) {
    RawProperties raw = RawProperties.from(config);
    String type =
        raw.value("compression.codec")
            .or(() -> raw.value("compression.type"))
            .orElse(config.getString(COMPRESSION_TYPE_CONFIG));
    return !type.trim().equals("none");
  }

  private static void reliability(Translation to) {
    to.set("acks", to.config().getString(ACKS_CONFIG), ACKS_CONFIG);
    to.copyBoolean(ENABLE_IDEMPOTENCE_CONFIG);
    to.set(
        "max.in.flight.requests.per.connection",
        to.clamp(
            MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            to.config().getInt(MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
            1,
            1_000_000),
        MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);
    to.set("message.send.max.retries", to.config().getInt(RETRIES_CONFIG), RETRIES_CONFIG);
    // A topic's absence must be known before send() gives up waiting for it.
    to.set(
        "topic.metadata.propagation.max.ms",
        Math.min(30_000, to.config().getLong(MAX_BLOCK_MS_CONFIG)),
        MAX_BLOCK_MS_CONFIG);
  }

  private static void batches(Translation to) {
    // Each batch has its price, and an idempotent partition has one in flight: Kafka's is small.
    int batchSize = to.config().getInt(BATCH_SIZE_CONFIG);
    to.set(
        "batch.size",
        to.isSetByUser(BATCH_SIZE_CONFIG) ? Math.max(1, batchSize) : DEFAULT_BATCH_SIZE,
        BATCH_SIZE_CONFIG);
    to.preset("batch.num.messages", 100_000);
    if (leavesBatchesToUs(to)) {
      to.presetIfThere("produce.request.ready.bytes", WORTH_A_REQUEST);
    }
    to.set(
        "message.max.bytes",
        to.clamp(
            MAX_REQUEST_SIZE_CONFIG,
            to.config().getInt(MAX_REQUEST_SIZE_CONFIG),
            1000,
            1_000_000_000),
        MAX_REQUEST_SIZE_CONFIG);
    // buffer.memory is kept in Java, where waiting for room has a deadline.
    to.set("queue.buffering.max.messages", 0, BUFFER_MEMORY_CONFIG);
    to.set("queue.buffering.max.kbytes", Integer.MAX_VALUE, BUFFER_MEMORY_CONFIG);
  }

  /** Whoever names a size, a count or a time may want batches as large as those allow. */
  private static boolean leavesBatchesToUs(Translation to) {
    return Stream.of(BATCH_SIZE_CONFIG, LINGER_MS_CONFIG).noneMatch(to::isSetByUser)
        && Stream.of("batch.size", "batch.num.messages", "linger.ms", "queue.buffering.max.ms")
            .allMatch(name -> to.raw().value(name).isEmpty());
  }

  /** A safety net: Java chooses the partition of every record. */
  private static void partitioner(Translation to) {
    to.set("partitioner", "murmur2_random", PARTITIONER_CLASS_CONFIG);
    to.preset("sticky.partitioning.linger.ms", 0);
  }
}
