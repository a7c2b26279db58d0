package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.internal.config.ConsumerConfigTranslator;
import io.github.rdkafka.internal.config.NativeConfig;
import io.github.rdkafka.internal.config.ProducerConfigTranslator;
import io.github.rdkafka.internal.security.Certificates;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every property that translations produce, before the real librdkafka. */
class NativeConfTest {
  @BeforeAll
  static void load() {
    NativeClient.loadLibrary();
  }

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, LiveObjects.count());
  }

  @Test
  void defaults() {
    assertAccepted(Map.of());
  }

  @Test
  void richProducers() {
    for (String codec : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
      assertProducerAccepted(Map.of("compression.type", codec));
    }
    assertProducerAccepted(
        Map.of(
            "acks", "1",
            "enable.idempotence", "false",
            "batch.size", "0",
            "linger.ms", "0",
            "max.request.size", "2000000000",
            "retries", "0",
            "delivery.timeout.ms", "31000",
            "request.timeout.ms", "31000"));
    assertProducerAccepted(
        Map.of(
            "transactional.id", "t",
            "transaction.timeout.ms", "10000",
            "delivery.timeout.ms", Integer.MAX_VALUE,
            "max.block.ms", Long.MAX_VALUE,
            "linger.ms", 5000,
            "compression.type", "gzip",
            "compression.gzip.level", "9"));
  }

  @Test
  void richConsumers() {
    assertConsumerAccepted(
        Map.of(
            "group.instance.id", "i",
            "session.timeout.ms", "6000",
            "heartbeat.interval.ms", "1000",
            "max.poll.interval.ms", Integer.MAX_VALUE,
            "partition.assignment.strategy", CooperativeStickyAssignor.class.getName(),
            "isolation.level", "read_committed",
            "client.rack", "r1",
            "auto.offset.reset", "none"));
    assertConsumerAccepted(
        Map.of(
            "group.protocol", "consumer",
            "group.remote.assignor", "uniform",
            "auto.offset.reset", "by_duration:PT1H"));
    assertConsumerAccepted(
        Map.of(
            "fetch.min.bytes",
            "0",
            "fetch.max.bytes",
            Integer.MAX_VALUE,
            "max.partition.fetch.bytes",
            Integer.MAX_VALUE,
            "fetch.max.wait.ms",
            "0",
            "check.crcs",
            "false",
            "partition.assignment.strategy",
            List.of()));
  }

  @Test
  void timesAtTheirLimits() {
    Map<String, Object> longest = new HashMap<>();
    Map<String, Object> shortest = new HashMap<>();
    for (String key :
        List.of(
            "connections.max.idle.ms",
            "metadata.max.age.ms",
            "reconnect.backoff.ms",
            "reconnect.backoff.max.ms",
            "retry.backoff.ms",
            "retry.backoff.max.ms",
            "socket.connection.setup.timeout.ms",
            "socket.connection.setup.timeout.max.ms")) {
      shortest.put(key, 1L);
      longest.put(key, Long.MAX_VALUE);
    }
    shortest.putAll(Map.of("send.buffer.bytes", -1, "receive.buffer.bytes", -1));
    longest.putAll(
        Map.of(
            "send.buffer.bytes",
            Integer.MAX_VALUE,
            "client.dns.lookup",
            "resolve_canonical_bootstrap_servers_only"));
    assertAccepted(shortest);
    assertAccepted(longest);
  }

  @Test
  void stores(@TempDir Path folder) {
    Certificates certificates = new Certificates(folder);
    Path keys = certificates.keystore("PKCS12", Certificates.STORE_PASSWORD, "alice");
    Path trust = certificates.truststore("PKCS12", keys);
    Map<String, Object> tls = new HashMap<>();
    tls.put("security.protocol", "SSL");
    tls.put("ssl.keystore.location", keys.toString());
    tls.put("ssl.keystore.password", Certificates.STORE_PASSWORD);
    tls.put("ssl.keystore.type", "PKCS12");
    tls.put("ssl.truststore.location", trust.toString());
    tls.put("ssl.truststore.password", Certificates.STORE_PASSWORD);
    tls.put("ssl.enabled.protocols", "TLSv1.2");
    tls.put("ssl.cipher.suites", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    assertAccepted(tls);
    assertAccepted(Map.of("security.protocol", "SSL", "ssl.endpoint.identification.algorithm", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
  void passwords(String mechanism) {
    Class<?> module = mechanism.equals("PLAIN") ? PlainLoginModule.class : ScramLoginModule.class;
    assertAccepted(
        sasl(mechanism, module.getName() + " required username=\"alice\" password=\"secret\";"));
  }

  @Test
  void tokens() {
    assertAccepted(
        sasl(
            "OAUTHBEARER",
            OAuthBearerLoginModule.class.getName()
                + " required unsecuredLoginStringClaim_sub=\"bob\";"));
  }

  @Test
  void librdkafkasOwnNames() {
    NativeConfig config =
        producer(
            Map.of(
                "socket.keepalive.enable", "true",
                "app.name", "unknown to both",
                "librdkafka.socket.nagle.disable", "true"));
    try (NativeConf conf = new NativeConf(config)) {
      assertEquals(Set.of("socket.keepalive.enable"), conf.acceptedBare());
      assertEquals("true", value(conf, "socket.keepalive.enable"));
      assertEquals("true", value(conf, "socket.nagle.disable"));
    }
  }

  @Test
  void refusalsNameTheUsersKey() {
    NativeConfig invalid = producer(Map.of("socket.keepalive.enable", "perhaps"));
    String message =
        assertThrows(ConfigException.class, () -> new NativeConf(invalid)).getMessage();
    assertTrue(message.contains("perhaps for configuration socket.keepalive.enable"), message);
    NativeConfig unknown = producer(Map.of("librdkafka.no.such", "1"));
    message = assertThrows(ConfigException.class, () -> new NativeConf(unknown)).getMessage();
    assertTrue(message.contains("librdkafka.no.such"), message);
  }

  @Test
  void brokersAreToldBothVersions() {
    try (NativeConf conf = new NativeConf(producer(Map.of()))) {
      assertEquals("rdkafka-java", value(conf, "client.software.name"));
      String version = value(conf, "client.software.version");
      assertTrue(version.matches("\\d+\\.\\d+\\.\\d+.*-librdkafka-\\d+\\.\\d+\\.\\d+"), version);
      assertFalse(version.contains("$"), version);
    }
  }

  private static Map<String, Object> sasl(String mechanism, String jaas) {
    return Map.of(
        "security.protocol", "SASL_SSL", "sasl.mechanism", mechanism, "sasl.jaas.config", jaas);
  }

  private static void assertAccepted(Map<String, Object> settings) {
    assertProducerAccepted(settings);
    assertConsumerAccepted(settings);
  }

  private static void assertProducerAccepted(Map<String, Object> settings) {
    assertMakesAClient(RD_KAFKA_PRODUCER(), producer(settings));
  }

  private static void assertConsumerAccepted(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("bootstrap.servers", "localhost:1");
    all.put("group.id", "g");
    all.put("key.deserializer", StringDeserializer.class);
    all.put("value.deserializer", StringDeserializer.class);
    assertMakesAClient(
        RD_KAFKA_CONSUMER(), ConsumerConfigTranslator.translate(new ConsumerConfig(all)));
  }

  private static NativeConfig producer(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("bootstrap.servers", "localhost:1");
    all.put("key.serializer", StringSerializer.class);
    all.put("value.serializer", StringSerializer.class);
    return ProducerConfigTranslator.translate(new ProducerConfig(all));
  }

  /** Some properties are refused only when the client is made. */
  private static void assertMakesAClient(int type, NativeConfig config) {
    try (NativeConf conf = new NativeConf(config)) {
      MemorySegment client = conf.newClient(type);
      rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE());
    } finally {
      config.closeSources();
    }
  }

  private static String value(NativeConf conf, String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(512);
      MemorySegment size = arena.allocateFrom(ValueLayout.JAVA_LONG, text.byteSize());
      int result = rd_kafka_conf_get(conf.segment(), arena.allocateFrom(name), text, size);
      assertEquals(RD_KAFKA_CONF_OK(), result);
      return text.getString(0);
    }
  }
}
