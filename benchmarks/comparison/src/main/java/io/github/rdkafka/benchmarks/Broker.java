package io.github.rdkafka.benchmarks;

import io.github.rdkafka.testing.KafkaCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** The one broker of all runs, on this machine, with a plain and a TLS listener. */
final class Broker implements AutoCloseable {
  private static final String TLS = "TLS";
  private static final String HEAP = "-Xmx2g";

  private final KafkaCluster cluster;
  private final Certificate certificate;
  private int topics;

  Broker(Path folder) {
    certificate = Certificate.create(folder);
    cluster =
        KafkaCluster.builder()
            .host("localhost")
            .listener(TLS, SecurityProtocol.SSL, certificate.listenerSettings())
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

  /** A fresh topic of one replica. */
  String createTopic(Cell cell) {
    String name = cell.id() + "-" + ++topics;
    cluster.createTopic(name, cell.partitions(), 1, Map.of("file.delete.delay.ms", "500"));
    return name;
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
