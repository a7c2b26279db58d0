package io.github.rdkafka.benchmarks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A cell's configuration in Kafka's names, and the same in librdkafka's for the C program. */
final class ClientConfig {
  static final int BATCH_SIZE = 100_000;
  static final int LINGER_MS = 5;
  static final long BUFFER_MEMORY = 64L * 1024 * 1024;

  /** What rdkafka-client sets by itself, because librdkafka's own defaults starve. */
  private static final Map<String, String> TUNED_PRODUCER =
      Map.of("batch.num.messages", "100000", "queue.buffering.max.messages", "0");

  private static final Map<String, String> TUNED_CONSUMER = Map.of("fetch.queue.backoff.ms", "5");

  /** Kafka's default; rdkafka-client has a lower one. */
  static final int FETCH_MAX_BYTES = 52_428_800;

  /** For a socket's buffers; Kafka's default is less, librdkafka's is this. */
  private static final String OPERATING_SYSTEMS = "-1";

  private ClientConfig() {}

  static Map<String, String> of(
      Cell cell, Contender contender, String bootstrapServers, Path certificate) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("bootstrap.servers", bootstrapServers);
    if (cell.tls()) {
      config.put("security.protocol", "SSL");
      config.put("ssl.truststore.type", "PEM");
      config.put("ssl.truststore.location", certificate.toString());
    }
    if (cell.work() == Work.CONSUME) {
      consumer(cell, config);
    } else {
      producer(cell, config);
    }
    return contender == Contender.C ? toNative(cell, config) : config;
  }

  private static void producer(Cell cell, Map<String, String> config) {
    if (cell.asShipped()) {
      return;
    }
    config.put("acks", cell.acks());
    config.put("enable.idempotence", String.valueOf(cell.idempotent()));
    config.put("compression.type", cell.compression());
    config.put("linger.ms", String.valueOf(LINGER_MS));
    config.put("batch.size", String.valueOf(BATCH_SIZE));
    // a batch of each partition must fit in, or the Java client waits for memory all the time
    long buffer = Math.max(BUFFER_MEMORY, 2L * BATCH_SIZE * cell.partitions());
    config.put("buffer.memory", String.valueOf(buffer));
    int largest = Math.max(1_048_576, 2 * cell.size());
    config.put("max.request.size", String.valueOf(largest));
  }

  private static void consumer(Cell cell, Map<String, String> config) {
    config.put("group.id", "benchmark");
    config.put("auto.offset.reset", "earliest");
    if (!cell.asShipped()) {
      config.put("enable.auto.commit", "false");
      config.put("check.crcs", "true");
      config.put("fetch.max.bytes", String.valueOf(FETCH_MAX_BYTES));
      config.put("receive.buffer.bytes", OPERATING_SYSTEMS);
    }
  }

  private static Map<String, String> toNative(Cell cell, Map<String, String> kafka) {
    Map<String, String> config = new HashMap<>(kafka);
    String buffer = config.remove("buffer.memory");
    if (buffer != null) {
      config.put("queue.buffering.max.kbytes", String.valueOf(Long.parseLong(buffer) / 1024));
    }
    String largest = config.remove("max.request.size");
    if (largest != null) {
      config.put("message.max.bytes", largest);
    }
    config.remove("receive.buffer.bytes");
    config.remove("ssl.truststore.type");
    String certificate = config.remove("ssl.truststore.location");
    if (certificate != null) {
      config.put("ssl.ca.location", certificate);
      // the certificate is for the name and the address; Kafka checks it too
      config.put("ssl.endpoint.identification.algorithm", "https");
    }
    if (cell.asShipped()) {
      return config;
    }
    if (cell.work() == Work.CONSUME) {
      config.putAll(TUNED_CONSUMER);
    } else {
      config.putAll(TUNED_PRODUCER);
      config.put("partitioner", "murmur2_random");
    }
    return config;
  }
}
