package io.github.rdkafka.it.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.rdkafka.it.ForkedJvm;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterExtension;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whom a client without a truststore trusts: those whom its JVM trusts, as Kafka's own does, and
 * not those whom the machine trusts. The JVMs run in environments that lead OpenSSL elsewhere.
 */
@Timeout(180)
class DefaultTrustTest {
  @RegisterExtension static final KafkaClusterExtension KAFKA = SecureCluster.extension();

  private static final String CONNECTED = "connected";
  private static final String REFUSED = SslAuthenticationException.class.getName();

  @TempDir private Path folder;
  private Path authorities;
  private SecureClients clients;

  @BeforeEach
  void makeFolders(KafkaCluster kafka) throws IOException {
    authorities = Files.createDirectories(folder.resolve("ssl"));
    clients = new SecureClients(kafka, SecureCluster.MTLS, SecureCluster.tlsTrustingByDefault());
  }

  @Test
  void isTheJvmsWithoutAnyCertificatesOfTheMachine() throws Exception {
    assertEquals(CONNECTED, run(List.of(), SecureCluster.jvmTrustingBrokers(), Map.of()));
  }

  /** Some 150 authorities, each of which OpenSSL has to understand; no one has signed this key. */
  @Test
  void isTheJvmsOwnWhenNothingIsSaid() throws Exception {
    assertEquals(REFUSED, run(List.of(), List.of(), Map.of()));
  }

  @Test
  void isTheJvmsOnAMachineWithoutACaBundle() throws Exception {
    List<String> machine = machineWithAuthoritiesOf(authorities);

    assertEquals(CONNECTED, run(machine, SecureCluster.jvmTrustingBrokers(), Map.of()));
    assertEquals(REFUSED, run(machine, SecureCluster.jvmTrustingOthers(), Map.of()));
  }

  @Test
  void isNotTheMachines() throws Exception {
    Path certificates = Files.createDirectory(authorities.resolve("certs"));
    Files.writeString(certificates.resolve("ca-certificates.crt"), SecureCluster.brokersPem());
    List<String> machine = machineWithAuthoritiesOf(authorities);

    assertEquals(REFUSED, run(machine, SecureCluster.jvmTrustingOthers(), Map.of()));
    // that is, the machine does trust the broker
    assertEquals(
        CONNECTED,
        run(
            machine,
            SecureCluster.jvmTrustingOthers(),
            Map.of("librdkafka.ssl.ca.location", "probe")));
  }

  /** Runs what follows where the machine's certificates are those of a folder. */
  private List<String> machineWithAuthoritiesOf(Path authorities) throws Exception {
    Path nothing = Files.createDirectory(folder.resolve("nothing"));
    List<String> prefix =
        List.of(
            "unshare",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            """
            for other in /etc/pki /etc/certs /etc/openssl /usr/local/etc /usr/local/share/certs /var/ssl; do
              if [ -d $other ]; then mount --bind '%s' $other || exit; fi
            done
            mount --bind '%s' /etc/ssl && exec "$@"
            """
                .formatted(nothing, authorities),
            "sh");
    List<String> probe = new ArrayList<>(prefix);
    probe.add("true");
    assumeTrue(succeeds(probe), "this machine lets its users mount in a namespace");
    return prefix;
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException none) {
      return false;
    }
  }

  /** What {@link TlsProgram} says in a JVM with these options and this configuration beside it. */
  private String run(List<String> prefix, List<String> options, Map<String, String> more)
      throws Exception {
    Path config = folder.resolve("client.properties");
    try (Writer file = Files.newBufferedWriter(config)) {
      Properties properties = new Properties();
      properties.putAll(clients.config());
      properties.putAll(more);
      properties.store(file, null);
    }
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        ForkedJvm.command(TlsProgram.class, options, config.toString(), clients.newTopic()));
    Path log = folder.resolve("log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SSL_CERT_FILE", folder.resolve("no-such-file").toString());
    builder.environment().put("SSL_CERT_DIR", folder.resolve("no-such-folder").toString());
    Process program = builder.redirectOutput(log.toFile()).start();
    try {
      assertTrue(program.waitFor(120, TimeUnit.SECONDS), () -> ForkedJvm.text(log));
    } finally {
      ForkedJvm.kill(program);
    }
    assertEquals(0, program.exitValue(), () -> ForkedJvm.text(log));
    return ForkedJvm.text(log)
        .lines()
        .filter(line -> line.equals(CONNECTED) || line.equals(REFUSED))
        .findFirst()
        .orElseGet(() -> ForkedJvm.text(log));
  }
}
