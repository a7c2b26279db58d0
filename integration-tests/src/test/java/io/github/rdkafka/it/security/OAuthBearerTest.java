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
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Logins by tokens that Kafka's callback handlers provide. */
class OAuthBearerTest {
  private static final String BOB = "unsecuredLoginStringClaim_sub=\"bob\"";
  private static final Duration SLICE = Duration.ofMillis(100);
  private static final String SHORT = BOB + " unsecuredLoginLifetimeSeconds=\"5\"";

  @RegisterExtension static final KafkaClusterExtension KAFKA = SecureCluster.extension();

  @BeforeEach
  void reset() {
    ShortTokens.reset();
  }

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @Test
  void aToken(KafkaCluster kafka) throws Exception {
    clients(kafka, SecureCluster.token(BOB)).assertTheyWork();
  }

  @Test
  void aTokenWithExtensions(KafkaCluster kafka) throws Exception {
    clients(kafka, SecureCluster.token(BOB + " unsecuredLoginExtension_traceId=\"7\""))
        .assertTheyWork();
  }

  @Test
  void clientsOutliveTheirTokens(KafkaCluster kafka) throws Exception {
    SecureClients clients = clients(kafka, tokens(ShortTokens.class));
    String topic = clients.newTopic();
    try (Producer<String, String> producer = clients.producer();
        Consumer<String, String> consumer = clients.consumer()) {
      consumer.subscribe(List.of(topic));
      SecureClients.send(producer, topic, "first");
      assertEquals("first", SecureClients.readOne(consumer));
      int asked = ShortTokens.ASKED.get();
      SecureClients.until(
          () -> consumer.poll(SLICE).isEmpty() && ShortTokens.ASKED.get() >= asked + 6);
      SecureClients.send(producer, topic, "last");
      assertEquals("last", SecureClients.readOne(consumer));
    }
    assertEquals(2, ShortTokens.CLOSED.get());
  }

  @Test
  void anExpiredTokenWithoutAnotherIsReported(KafkaCluster kafka) {
    Map<String, Object> config = tokens(ShortTokens.Exhausted.class);
    // a commit that cannot be sent would hold up the close
    config.put("enable.auto.commit", false);
    SecureClients clients = clients(kafka, config);
    try (Consumer<String, String> consumer = clients.consumer()) {
      consumer.assign(List.of(new TopicPartition(clients.newTopic(), 0)));
      SaslAuthenticationException failure =
          assertThrows(SaslAuthenticationException.class, () -> SecureClients.readOne(consumer));
      assertTrue(failure.getMessage().contains("SASL"), failure.getMessage());
    }
    assertEquals(1, ShortTokens.CLOSED.get());
  }

  @Test
  void withoutAFirstTokenThereIsNoClient(KafkaCluster kafka) {
    SecureClients clients = clients(kafka, tokens(ShortTokens.None.class));
    KafkaException failure = assertThrows(KafkaException.class, clients::consumer);
    assertEquals("Failed to construct kafka consumer", failure.getMessage());
    assertTrue(failure.getCause().getMessage().contains("no tokens today"));
    failure = assertThrows(KafkaException.class, clients::producer);
    assertEquals("Failed to construct kafka producer", failure.getMessage());
    assertEquals(2, ShortTokens.CLOSED.get());
  }

  @Test
  void closeDoesNotWaitForATokenThatDoesNotCome(KafkaCluster kafka) {
    SecureClients clients = clients(kafka, tokens(ShortTokens.Hanging.class));
    try (Consumer<String, String> consumer = clients.consumer()) {
      consumer.subscribe(List.of(clients.newTopic()));
      SecureClients.until(() -> consumer.poll(SLICE).isEmpty() && ShortTokens.ASKED.get() > 1);
    }
    assertEquals(1, ShortTokens.CLOSED.get());
  }

  @Test
  void theHandlerIsClosedWhenLibrdkafkaRefusesTheConfiguration(KafkaCluster kafka) {
    Map<String, Object> config = tokens(ShortTokens.class);
    config.put("librdkafka.socket.keepalive.enable", "perhaps");
    SecureClients clients = clients(kafka, config);
    assertThrows(KafkaException.class, clients::consumer);
    assertThrows(KafkaException.class, clients::producer);
    assertEquals(2, ShortTokens.CLOSED.get());
  }

  /** Tokens of five seconds, renewed long before connections have to be. */
  private static Map<String, Object> tokens(Class<? extends ShortTokens> handler) {
    Map<String, Object> config = SecureCluster.token(SHORT);
    config.put("sasl.login.callback.handler.class", handler);
    config.put("sasl.login.refresh.window.factor", 0.5);
    config.put("sasl.login.refresh.min.period.seconds", (short) 0);
    config.put("sasl.login.refresh.buffer.seconds", (short) 0);
    return config;
  }

  private static SecureClients clients(KafkaCluster kafka, Map<String, Object> security) {
    return new SecureClients(kafka, SecureCluster.TOKENS, security);
  }
}
