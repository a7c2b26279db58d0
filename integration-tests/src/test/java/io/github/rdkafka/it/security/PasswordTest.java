package io.github.rdkafka.it.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins by user name and password. */
class PasswordTest {
  @RegisterExtension static final KafkaClusterExtension KAFKA = SecureCluster.extension();

  @BeforeAll
  static void createUser(KafkaCluster kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion("alice", info, "secret")))
          .all()
          .get();
    }
  }

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256"})
  void theRightPassword(String mechanism, KafkaCluster kafka) throws Exception {
    users(kafka, SecureCluster.password(mechanism, "alice", "secret")).assertTheyWork();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256"})
  void theWrongPassword(String mechanism, KafkaCluster kafka) {
    users(kafka, SecureCluster.password(mechanism, "alice", "guess"))
        .assertTheyFailWith(SaslAuthenticationException.class);
  }

  @Test
  void aMechanismThatTheBrokerDoesNotOffer(KafkaCluster kafka) {
    users(kafka, SecureCluster.password("SCRAM-SHA-512", "alice", "secret"))
        .assertTheyFailWith(SaslAuthenticationException.class);
  }

  @Test
  void lookUpsFailToo(KafkaCluster kafka) {
    SecureClients clients = users(kafka, SecureCluster.password("PLAIN", "alice", "guess"));
    TopicPartition partition = new TopicPartition(clients.newTopic(), 0);
    try (Consumer<String, String> consumer = clients.consumer()) {
      assertThrows(
          SaslAuthenticationException.class, () -> consumer.endOffsets(List.of(partition)));
    }
    try (Consumer<String, String> consumer = clients.consumer()) {
      consumer.assign(List.of(partition));
      assertThrows(SaslAuthenticationException.class, () -> consumer.position(partition));
    }
  }

  @Test
  void theHandlerIsAskedAgainWhenItsPasswordIsRefused(KafkaCluster kafka) throws Exception {
    RotatingPasswords.reset();
    SecureClients clients = users(kafka, rotating());
    String topic = clients.newTopic();
    SecureClients plain = new SecureClients(kafka, "PLAINTEXT", Map.of());
    try (Producer<String, String> producer = plain.producer()) {
      SecureClients.send(producer, topic, "hello");
    }
    AtomicBoolean refused = new AtomicBoolean();
    try (Consumer<String, String> consumer = clients.consumer()) {
      consumer.subscribe(List.of(topic));
      SecureClients.until(
          () -> {
            try {
              return !consumer.poll(Duration.ofMillis(100)).isEmpty();
            } catch (SaslAuthenticationException expected) {
              refused.set(true);
              return false;
            }
          });
    }
    assertTrue(refused.get());
    assertTrue(RotatingPasswords.ASKED.get() > 1);
    assertEquals(1, RotatingPasswords.CLOSED.get());
  }

  private static Map<String, Object> rotating() {
    Map<String, Object> config = SecureCluster.password("PLAIN", "unused", "unused");
    config.put("sasl.client.callback.handler.class", RotatingPasswords.class);
    return config;
  }

  private static SecureClients users(KafkaCluster kafka, Map<String, Object> security) {
    return new SecureClients(kafka, SecureCluster.USERS, security);
  }
}
