package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.Translated.assertValue;
import static io.github.rdkafka.internal.config.Translated.producer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class DeliveryTranslationTest {

  @Test
  void aDeliveryTimeoutBelowLingerAndRequestIsRefusedInKafkasWords() {
    ConfigException failure =
        assertThrows(
            ConfigException.class,
            () -> producer("delivery.timeout.ms", "1000", "request.timeout.ms", "1000"));
    assertEquals(
        "delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms",
        failure.getMessage());
  }

  @Test
  void theDefaultDeliveryTimeoutGivesWay() {
    assertValue(producer("request.timeout.ms", "200000"), "message.timeout.ms", "200005");
    assertValue(producer("linger.ms", "9223372036854775807"), "message.timeout.ms", "2147483647");
  }

  @Test
  void zeroExpiresAtOnceInsteadOfNever() {
    NativeConfig config =
        producer("delivery.timeout.ms", "0", "linger.ms", "0", "request.timeout.ms", "0");
    assertValue(config, "message.timeout.ms", "1");
    assertValue(config, "linger.ms", "0");
  }

  @Test
  void lingerStaysBelowTheDeliveryTimeout() {
    NativeConfig config =
        producer("delivery.timeout.ms", "500", "linger.ms", "500", "request.timeout.ms", "0");
    assertValue(config, "message.timeout.ms", "500");
    assertValue(config, "linger.ms", "499");
    assertValue(producer("linger.ms", "1000000"), "linger.ms", "900000");
  }

  @Test
  void aTransactionBoundsTheTimeouts() {
    NativeConfig config =
        producer(
            "transactional.id", "t",
            "transaction.timeout.ms", "5000",
            "linger.ms", "6000");
    assertValue(config, "transaction.timeout.ms", "5000");
    assertValue(config, "message.timeout.ms", "5000");
    assertValue(config, "socket.timeout.ms", "5000");
    assertValue(config, "linger.ms", "4999");
    assertValue(config, "request.timeout.ms", "30000");
  }

  @Test
  void aTransactionTimeoutFitsLibrdkafka() {
    assertValue(
        producer("transactional.id", "t", "transaction.timeout.ms", "1"),
        "transaction.timeout.ms",
        "1000");
    assertValue(
        producer("transactional.id", "t", "transaction.timeout.ms", "2147483647"),
        "transaction.timeout.ms",
        "2147483547");
  }

  @Test
  void onlyTheUsersOwnTimeoutIsSaidToBeReplaced() {
    String defaults = Logged.during(() -> producer("transactional.id", "t"));
    assertTrue(!defaults.contains("is not usable"), defaults);
    String own =
        Logged.during(() -> producer("transactional.id", "t", "delivery.timeout.ms", "90000"));
    assertTrue(own.contains("delivery.timeout.ms = 90000 is not usable"), own);
  }

  @Test
  void withoutATransactionItsTimeoutIsNotSet() {
    assertTrue(
        producer("transaction.timeout.ms", "5000").value("transaction.timeout.ms").isEmpty());
  }

  @Test
  void twoPhaseCommitIsRefused() {
    ConfigException failure =
        assertThrows(
            ConfigException.class,
            () -> producer("transaction.two.phase.commit.enable", "true", "transactional.id", "t"));
    assertEquals(
        "Invalid value true for configuration transaction.two.phase.commit.enable: two-phase commit"
            + " is not supported by librdkafka 2.15.1 (InitProducerId v4)",
        failure.getMessage());
  }
}
