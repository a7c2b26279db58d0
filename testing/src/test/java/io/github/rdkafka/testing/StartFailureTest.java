package io.github.rdkafka.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {

  @TempDir Path logs;

  @Test
  void brokerThatRefusesItsConfigurationSaysSo() throws IOException {
    KafkaClusterBuilder builder =
        KafkaCluster.builder().property("log.cleaner.threads", "many").logDirectory(logs);
    KafkaClusterException e = assertThrows(KafkaClusterException.class, builder::start);
    assertTrue(e.getMessage().contains("broker 1 ended"), e.getMessage());
    assertTrue(e.getMessage().contains("Invalid value many"), e.getMessage());
    assertTrue(e.getMessage().contains(keptLog().toString()), e.getMessage());
    assertTrue(Files.readString(keptLog()).contains("Invalid value many"));
  }

  @Test
  void brokerThatIsNotReadyInTimeIsKilled() throws IOException {
    KafkaClusterBuilder builder =
        KafkaCluster.builder().timeout(Duration.ofMillis(300)).logDirectory(logs);
    KafkaClusterException e = assertThrows(KafkaClusterException.class, builder::start);
    assertTrue(e.getMessage().startsWith("not ready within PT0.3S: broker 1"), e.getMessage());
    String folder = keptLog().getParent().getFileName().toString();
    assertFalse(
        ProcessHandle.current()
            .descendants()
            .anyMatch(p -> p.info().commandLine().orElse("").contains(folder)));
    assertFalse(Files.exists(Path.of(System.getProperty("java.io.tmpdir"), folder)));
  }

  @Test
  void portThatIsLostToAnotherIsReplaced() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(Ports.LOOPBACK, 0));
      List<List<Integer>> offered = new ArrayList<>();
      ClusterSpec spec = KafkaCluster.builder().spec();
      KafkaCluster kafka =
          KafkaCluster.start(
              spec,
              count -> {
                List<Integer> ports = Ports.free(count);
                if (offered.isEmpty()) {
                  ports.set(1, taken.getLocalPort());
                }
                offered.add(ports);
                return ports;
              });
      try (kafka) {
        assertEquals(2, offered.size());
        assertEquals(offered.get(1).get(1), kafka.port(1, "PLAINTEXT"));
      }
    }
  }

  @Test
  void impossibleDescriptionsAreRefused() {
    KafkaClusterBuilder builder = KafkaCluster.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.brokers(0));
    assertThrows(IllegalArgumentException.class, () -> builder.brokers(4));
    assertThrows(IllegalArgumentException.class, () -> builder.timeout(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> builder.property("node.id", 7));
    assertThrows(
        IllegalArgumentException.class, () -> builder.properties(Map.of("log.dirs", "/data")));
    assertThrows(
        IllegalArgumentException.class,
        () -> builder.listener("plaintext", SecurityProtocol.PLAINTEXT));
    assertThrows(
        IllegalArgumentException.class, () -> builder.listener("a b", SecurityProtocol.SSL));
    builder.brokerProperty(2, "broker.rack", "r");
    assertThrows(IllegalArgumentException.class, builder::start);
  }

  private Path keptLog() throws IOException {
    try (Stream<Path> files = Files.walk(logs)) {
      return files.filter(p -> p.endsWith("broker-1.log")).findFirst().orElseThrow();
    }
  }
}
