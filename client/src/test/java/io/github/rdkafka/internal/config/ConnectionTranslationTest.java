package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.Translated.assertValue;
import static io.github.rdkafka.internal.config.Translated.consumer;
import static io.github.rdkafka.internal.config.Translated.producer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTranslationTest {

  @ParameterizedTest
  @CsvSource({
    "client.id, me, client.id, me",
    "client.dns.lookup, resolve_canonical_bootstrap_servers_only, client.dns.lookup,"
        + " resolve_canonical_bootstrap_servers_only",
    "metadata.max.age.ms, 0, topic.metadata.refresh.interval.ms, 1000",
    "metadata.max.age.ms, 60000, topic.metadata.refresh.interval.ms, 60000",
    "metadata.max.age.ms, 9223372036854775807, topic.metadata.refresh.interval.ms, 715827",
    "metadata.recovery.strategy, NONE, metadata.recovery.strategy, none",
    "metadata.recovery.rebootstrap.trigger.ms, 9223372036854775807,"
        + " metadata.recovery.rebootstrap.trigger.ms, 2147483647",
    "connections.max.idle.ms, -1, connections.max.idle.ms, 0",
    "connections.max.idle.ms, 0, connections.max.idle.ms, 1000",
    "connections.max.idle.ms, 60000, connections.max.idle.ms, 60000",
    "connections.max.idle.ms, 9223372036854775807, connections.max.idle.ms, 2147483647",
    "reconnect.backoff.ms, 0, reconnect.backoff.ms, 0",
    "reconnect.backoff.ms, 2000, reconnect.backoff.ms, 2000",
    "reconnect.backoff.ms, 2000, reconnect.backoff.max.ms, 2000",
    "reconnect.backoff.max.ms, 10, reconnect.backoff.max.ms, 50",
    "reconnect.backoff.max.ms, 99999999, reconnect.backoff.max.ms, 2147483",
    "retry.backoff.ms, 0, retry.backoff.ms, 1",
    "retry.backoff.ms, 5000, retry.backoff.ms, 1000",
    "retry.backoff.max.ms, 50, retry.backoff.ms, 50",
    "retry.backoff.max.ms, 50, retry.backoff.max.ms, 50",
    "retry.backoff.max.ms, 400000, retry.backoff.max.ms, 300000",
    "socket.connection.setup.timeout.ms, 5000, socket.connection.setup.timeout.ms, 5000",
    "socket.connection.setup.timeout.ms, 5, socket.connection.setup.timeout.ms, 1000",
    "socket.connection.setup.timeout.max.ms, 40000, socket.connection.setup.timeout.ms, 40000",
    "send.buffer.bytes, 131072, socket.send.buffer.bytes, 131072",
    "send.buffer.bytes, -1, socket.send.buffer.bytes, 0",
    "receive.buffer.bytes, 2147483647, socket.receive.buffer.bytes, 100000000",
    "enable.metrics.push, false, enable.metrics.push, false",
    "request.timeout.ms, 5000, socket.timeout.ms, 5000",
  })
  void oneKeyOfEitherClient(String key, String value, String name, String expected) {
    assertValue(producer(key, value), name, expected);
    assertValue(consumer(key, value), name, expected);
  }

  @Test
  void theLargerSetupTimeoutCountsWhenBothAreGiven() {
    assertValue(
        producer(
            "socket.connection.setup.timeout.ms", "5000",
            "socket.connection.setup.timeout.max.ms", "7000"),
        "socket.connection.setup.timeout.ms",
        "7000");
  }

  @Test
  void metadataMaxAgeIsNotSetUnderItsOwnName() {
    assertEquals(
        Optional.empty(), producer("metadata.max.age.ms", "60000").value("metadata.max.age.ms"));
  }

  @Test
  void socketBuffersAreTheSystemsUnlessAskedFor() {
    assertEquals(Optional.empty(), consumer().value("socket.send.buffer.bytes"));
    assertEquals(Optional.empty(), consumer().value("socket.receive.buffer.bytes"));
  }

  @Test
  void bootstrapServersAreJoinedWithoutSchemes() {
    assertValue(
        producer("bootstrap.servers", "localhost:1,PLAINTEXT://127.0.0.1:2,[::1]:3"),
        "bootstrap.servers",
        "localhost:1,127.0.0.1:2,[::1]:3");
    assertValue(
        producer("bootstrap.servers", List.of("localhost:1", "localhost:2")),
        "bootstrap.servers",
        "localhost:1,localhost:2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:port", "localhost:99999"})
  void badAddressesAreRefusedInKafkasWords(String servers) {
    ConfigException failure =
        assertThrows(ConfigException.class, () -> producer("bootstrap.servers", servers));
    assertTrue(failure.getMessage().contains("bootstrap.servers"), failure.getMessage());
  }

  @Test
  void unresolvableAddressesAreRefusedInKafkasWords() {
    ConfigException failure =
        assertThrows(
            ConfigException.class,
            () -> consumer("bootstrap.servers", "no-such-host.invalid:9092"));
    assertEquals("No resolvable bootstrap urls given in bootstrap.servers", failure.getMessage());
  }

  @Test
  void aReplacedValueIsSaidOnceAndADefaultNever() {
    String replaced = Logged.during(() -> producer("metadata.max.age.ms", "3600000"));
    String message =
        "metadata.max.age.ms = 3600000 is not usable: librdkafka takes 1000 to 715827."
            + " Using 715827.";
    assertEquals(1, replaced.split(java.util.regex.Pattern.quote(message), -1).length - 1);

    String silent = Logged.during(() -> producer("metadata.max.age.ms", "700000"));
    assertFalse(silent.contains("is not usable"), silent);
  }
}
