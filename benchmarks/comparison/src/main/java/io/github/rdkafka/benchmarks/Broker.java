package io.github.rdkafka.benchmarks;

import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The one broker of all runs, on this machine, with a plain and a TLS listener. */
final class Broker implements AutoCloseable {
  private static final String TLS = "TLS";
  private static final String HEAP = "-Xmx2g";

  /** Kafka's default: after so many bytes of records it writes to the index. */
  private static final int INDEX_INTERVAL_BYTES = 4096;

  static final String SETTINGS =
      "one, replication factor 1, " + HEAP + ", on the same machine as the clients";

  private final KafkaCluster cluster;
  private final Certificate certificate;
  private int topics;

  Broker(Path folder) {
    certificate = Certificate.create(folder);
    cluster =
        KafkaCluster.builder()
            .host("localhost")
            .listener(TLS, SecurityProtocol.SSL, certificate.listenerSettings())
            .property("log.initial.task.delay.ms", 500)
            .property("log.segment.delete.delay.ms", 500)
            .property("message.max.bytes", 10_000_000)
            .jvmArgs(HEAP)
            .start();
  }

  String bootstrapServers(boolean tls) {
    return tls ? cluster.bootstrapServers(TLS) : cluster.bootstrapServers();
  }

  Path certificate() {
    return certificate.pem();
  }

  /**
   * A fresh topic of one replica. Its indexes are smaller than Kafka's 10 MB each: the broker maps
   * them into memory, and where the system reads far ahead, the first record of each of a thousand
   * partitions otherwise has it read gigabytes of nothing, for longer than a run takes.
   */
  String createTopic(Cell cell) {
    String name = cell.id() + "-" + ++topics;
    int indexBytes = Math.max(64 << 10, (4 << 20) / cell.partitions());
    try {
      cluster.createTopic(
          name, cell.partitions(), 1, Map.of("segment.index.bytes", String.valueOf(indexBytes)));
    } catch (KafkaClusterException e) {
      throw new BenchmarkException("cannot create topic " + name + ": " + e.getMessage(), e);
    }
    return name;
  }

  /** Has the broker write to the log and the indexes of each partition. */
  void openPartitions(String topic, int partitions) {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            cluster.bootstrapServers(),
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            600_000);
    ByteArraySerializer bytes = new ByteArraySerializer();
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes)) {
      for (int batch = 0; batch < 2; batch++) {
        for (int partition = 0; partition < partitions; partition++) {
          producer.send(
              new ProducerRecord<>(topic, partition, null, new byte[INDEX_INTERVAL_BYTES]),
              (metadata, exception) -> failure.compareAndSet(null, exception));
        }
        producer.flush();
      }
    } catch (KafkaException e) {
      throw new BenchmarkException("cannot write to topic " + topic, e);
    }
    if (failure.get() != null) {
      throw new BenchmarkException("cannot write to each partition of " + topic, failure.get());
    }
  }

  void deleteTopic(String name) {
    try {
      cluster.admin().deleteTopics(List.of(name)).all().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchmarkException("cannot delete topic " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted", e);
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
