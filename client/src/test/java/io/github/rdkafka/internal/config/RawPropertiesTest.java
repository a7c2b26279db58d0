package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.Translated.assertValue;
import static io.github.rdkafka.internal.config.Translated.consumer;
import static io.github.rdkafka.internal.config.Translated.producer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.internal.config.NativeProperty.Origin;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawPropertiesTest {

  @Test
  void aPrefixedNameWinsOverEverything() {
    NativeConfig config =
        producer(
            "linger.ms", "7",
            "librdkafka.linger.ms", "0.5",
            "statistics.interval.ms", 1000,
            "librdkafka.statistics.interval.ms", "2000");
    assertValue(config, "linger.ms", "0.5");
    assertValue(config, "statistics.interval.ms", "2000");
    NativeProperty last = config.properties().getLast();
    assertEquals(Origin.PREFIXED, last.origin());
    assertEquals("librdkafka.statistics.interval.ms", last.kafkaKey());
  }

  @Test
  void aBareNameWithADotPasses() {
    NativeConfig config =
        consumer("fetch.queue.backoff.ms", 20, "socket.keepalive.enable", true, "x.y", "z");
    assertValue(config, "fetch.queue.backoff.ms", "20");
    assertValue(config, "socket.keepalive.enable", "true");
    assertValue(config, "x.y", "z");
    assertTrue(origin(config, "x.y").isIgnoredWhenUnknown());
  }

  @Test
  void anApplicationsOwnNamesAndObjectsDoNotPass() {
    NativeConfig config =
        producer("debug", "all", "partitioner", "random", "my.object", List.of("a"));
    assertValue(config, "debug", null);
    assertValue(config, "partitioner", "murmur2_random");
    assertValue(config, "my.object", null);
  }

  @Test
  void keysOfTheOtherClientDoNotPass() {
    NativeConfig config =
        producer(
            "group.id", "g",
            "enable.auto.commit", "true",
            "auto.offset.reset", "none",
            "share.acknowledgement.mode", "explicit");
    assertValue(config, "group.id", null);
    assertValue(config, "enable.auto.commit", null);
    assertValue(config, "auto.offset.reset", null);
    assertValue(consumer("transactional.id", "t"), "transactional.id", null);
  }

  @Test
  void undottedNamesPassWithThePrefix() {
    assertValue(producer("librdkafka.debug", "broker,msg"), "debug", "broker,msg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "librdkafka.enable.auto.commit",
        "librdkafka.enable.auto.offset.store",
        "librdkafka.auto.commit.enable",
        "librdkafka.enabled_events",
        "librdkafka.log.queue",
        "librdkafka.delivery.report.only.error",
        "librdkafka.queuing.strategy",
        "librdkafka.offset.store.method",
        "librdkafka.offset.store.path",
        "librdkafka.consume.callback.max.messages",
        "librdkafka.enable_sasl_queue",
        "librdkafka.share.acknowledgement.mode",
        "librdkafka.rebalance_cb",
        "librdkafka.ssl.certificate.verify_cb",
        "librdkafka.opaque",
        "librdkafka.interceptors",
        "librdkafka.default_topic_conf",
        "librdkafka.group.protocol.type",
        "librdkafka.client.software.name",
        "librdkafka.client.software.version",
        "enable.auto.offset.store",
        "auto.commit.enable",
        "log.queue",
        "queuing.strategy",
        "client.software.name",
      })
  void whatThisLibraryRestsOnIsRefusedAtBothDoors(String key) {
    ConfigException failure = assertThrows(ConfigException.class, () -> consumer(key, "true"));
    assertEquals(
        "Invalid value true for configuration "
            + key
            + ": is owned by this library and cannot be set",
        failure.getMessage());
  }

  @Test
  void aPrefixedValueMustBeText() {
    ConfigException failure =
        assertThrows(
            ConfigException.class, () -> producer("librdkafka.debug", List.of("broker", "msg")));
    assertTrue(failure.getMessage().contains("librdkafka.debug"), failure.getMessage());
    assertThrows(ConfigException.class, () -> producer("librdkafka.", "x"));
  }

  @Test
  void onlyPrefixedNamesCountAsUsedAtOnce() {
    ProducerConfig config =
        Translated.producerConfig("librdkafka.debug", "msg", "socket.keepalive.enable", "true");
    ProducerConfigTranslator.translate(config);
    assertFalse(config.unused().contains("librdkafka.debug"));
    assertTrue(
        config.unused().contains("socket.keepalive.enable"), "librdkafka is still to be asked");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sasl.password",
        "librdkafka.sasl.password",
        "librdkafka.ssl.key.password",
        "ssl.key.pem",
        "sasl.oauthbearer.client.secret",
        "sasl.oauthbearer.config",
        "librdkafka.sasl.oauthbearer.assertion.private.key.passphrase",
      })
  void secretsAreNotShown(String key) {
    NativeConfig config = producer(key, new Password("s3cret"));
    NativeProperty property = config.properties().getLast();
    assertEquals("s3cret", property.value());
    assertTrue(property.secret());
    assertFalse(config.toString().contains("s3cret"));
    assertFalse(property.refused("s3cret is bad").toString().contains("s3cret"));
  }

  private static NativeProperty origin(NativeConfig config, String name) {
    return config.properties().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
