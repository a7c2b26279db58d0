package io.github.rdkafka.it.security;

import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterExtension;
import java.util.Map;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections by TLS, where the broker wants to see the client's certificate too. */
class TlsTest {
  @RegisterExtension static final KafkaClusterExtension KAFKA = SecureCluster.extension();

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @Test
  void bothSidesShowACertificate(KafkaCluster kafka) throws Exception {
    new SecureClients(kafka, SecureCluster.MTLS, SecureCluster.tls()).assertTheyWork();
  }

  @Test
  void anUntrustedBrokerIsNotTalkedTo(KafkaCluster kafka) {
    new SecureClients(kafka, SecureCluster.MTLS, SecureCluster.tlsTrustingOthers())
        .assertTheyFailWith(SslAuthenticationException.class);
  }

  @Test
  void aCertificateOfAnotherHostIsNotAccepted(KafkaCluster kafka) {
    new SecureClients(kafka, SecureCluster.ELSEWHERE, SecureCluster.tls())
        .assertTheyFailWith(SslAuthenticationException.class);
  }

  @Test
  void theHostIsNotLookedAtWhenTheUserSaysSo(KafkaCluster kafka) throws Exception {
    Map<String, Object> config = SecureCluster.tls();
    config.put("ssl.endpoint.identification.algorithm", "");
    config.put("librdkafka.broker.address.family", "v4");
    new SecureClients(kafka, SecureCluster.ELSEWHERE, config).assertTheyWork();
  }

  @Test
  void aClientWithoutACertificateIsTurnedAway(KafkaCluster kafka) {
    new SecureClients(kafka, SecureCluster.MTLS, SecureCluster.tlsWithoutKey())
        .assertTheyFailWith(SslAuthenticationException.class);
  }
}
