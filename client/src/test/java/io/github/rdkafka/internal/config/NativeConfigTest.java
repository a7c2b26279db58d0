package io.github.rdkafka.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rdkafka.internal.config.NativeProperty.Origin;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class NativeConfigTest {

  @Test
  void theLaterValueWins() {
    NativeConfig config =
        new NativeConfig(
            List.of(
                new NativeProperty("a", "1", "a", Origin.TRANSLATED, false),
                new NativeProperty("a", "2", "librdkafka.a", Origin.PREFIXED, false)));
    assertEquals(Optional.of("2"), config.value("a"));
    assertEquals(Optional.empty(), config.value("b"));
    assertThrows(UnsupportedOperationException.class, () -> config.properties().clear());
  }

  @Test
  void aTranslatedValueIsRefusedUnderTheUsersKeyWithoutLibrdkafkasName() {
    ConfigException failure =
        new NativeProperty("fetch.wait.max.ms", "7", "fetch.max.wait.ms", Origin.TRANSLATED, false)
            .refused("Configuration property \"fetch.wait.max.ms\" is bad\n");
    assertEquals(
        "Invalid value 7 for configuration fetch.max.wait.ms: librdkafka does not accept this value",
        failure.getMessage());
    assertEquals(
        "Configuration property \"fetch.wait.max.ms\" is bad", failure.getCause().getMessage());
  }

  @Test
  void aRawValueIsRefusedWithLibrdkafkasReason() {
    ConfigException failure =
        new NativeProperty("debug", "x", "librdkafka.debug", Origin.PREFIXED, false)
            .refused("Invalid value \"x\" for configuration property \"debug\"");
    assertEquals(
        "Invalid value x for configuration librdkafka.debug:"
            + " Invalid value \"x\" for configuration property \"debug\"",
        failure.getMessage());
  }

  @Test
  void aSecretIsNowhere() {
    NativeProperty secret =
        new NativeProperty("sasl.password", "s3cret", "sasl.jaas.config", Origin.TRANSLATED, true);
    ConfigException failure = secret.refused("cannot take s3cret");
    assertFalse(failure.getMessage().contains("s3cret"));
    assertNull(failure.getCause());
    assertFalse(new NativeConfig(List.of(secret)).toString().contains("s3cret"));
  }

  @Test
  void aLongValueIsShortened() {
    NativeProperty pem =
        new NativeProperty("ssl.ca.pem", "x".repeat(5000), "k", Origin.TRANSLATED, false);
    assertEquals("ssl.ca.pem=[5000 characters]", pem.toString());
  }
}
