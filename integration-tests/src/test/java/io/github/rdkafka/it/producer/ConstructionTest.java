package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Constructors: what they make, what they refuse and in which words, what they leave behind. */
@KafkaClusterTest
@Timeout(120)
class ConstructionTest {
  private static final List<String> CALLS = new ArrayList<>();

  static Stream<Map<String, Object>> refused() {
    String serializer = StringSerializer.class.getName();
    Map<String, Object> good =
        Map.of(
            "bootstrap.servers",
            "localhost:9092",
            "key.serializer",
            serializer,
            "value.serializer",
            serializer,
            "client.id",
            "refused");
    return Stream.of(
        with(good, "bootstrap.servers", null),
        with(good, "bootstrap.servers", "no.such.host.invalid:9092"),
        with(good, "bootstrap.servers", "localhost"),
        with(good, "bootstrap.servers", "localhost:port"),
        with(good, "key.serializer", null),
        with(good, "value.serializer", null),
        with(good, "value.serializer", "no.such.Class"),
        with(good, "value.serializer", String.class),
        with(good, "value.serializer", FailingSerializer.class),
        with(good, "acks", "2"),
        with(good, "batch.size", -1),
        with(good, "buffer.memory", "much"),
        with(good, "linger.ms", 50_000, "delivery.timeout.ms", 60_000),
        with(good, "partitioner.class", String.class),
        with(good, "interceptor.classes", "no.such.Interceptor"),
        with(good, "compression.type", "zip"),
        with(good, "enable.idempotence", true, "acks", "1"),
        with(good, "security.protocol", "NONE"));
  }

  private static Map<String, Object> with(Map<String, Object> good, Object... overrides) {
    Map<String, Object> config = new HashMap<>(good);
    for (int i = 0; i < overrides.length; i += 2) {
      if (overrides[i + 1] == null) {
        config.remove((String) overrides[i]);
      } else {
        config.put((String) overrides[i], overrides[i + 1]);
      }
    }
    return config;
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesInKafkasWords(Map<String, Object> config) {
    String expected = refusal(Client.KAFKA, config);
    assertFalse(expected.isEmpty(), "Kafka takes it");
    assertEquals(expected, refusal(Client.RDKAFKA, config));
    ProducerTests.assertNothingIsLeft();
  }

  private static String refusal(Client client, Map<String, Object> config) {
    try {
      client.<String, String>open(config, null, null).close();
      return "";
    } catch (RuntimeException refused) {
      return Observations.describe(refused);
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void pluginsAreConfiguredAndClosed(Client client, KafkaCluster kafka) {
    CALLS.clear();
    Map<String, Object> config =
        ProducerTests.config(
            kafka,
            "client.id",
            "plugged",
            "key.serializer",
            TellingSerializer.class,
            "value.serializer",
            TellingSerializer.class,
            "partitioner.class",
            TellingPartitioner.class,
            "interceptor.classes",
            TellingInterceptor.class.getName());
    try (Producer<Object, Object> producer = client.open(config, null, null)) {
      assertTrue(producer.metrics().size() > 0);
    }
    assertEquals(
        List.of(
            "partitioner plugged",
            "key serializer plugged",
            "value serializer plugged",
            "interceptor plugged",
            "close interceptor",
            "close serializer",
            "close serializer",
            "close partitioner"),
        CALLS);
  }

  @Test
  void aFailureClosesWhatWasMade() {
    CALLS.clear();
    Map<String, Object> config =
        ProducerTests.config(
            "localhost:9092",
            "client.id",
            "plugged",
            "key.serializer",
            TellingSerializer.class,
            "value.serializer",
            FailingSerializer.class,
            "partitioner.class",
            TellingPartitioner.class);
    assertTrue(refusal(Client.RDKAFKA, config).contains("cannot be made"));
    assertEquals(
        List.of(
            "partitioner plugged",
            "key serializer plugged",
            "close serializer",
            "close partitioner"),
        CALLS);
    ProducerTests.assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"key.serializer", "value.serializer", "partitioner.class"})
  void whatFailsToCloseIsToldInKafkasWords(String key) {
    Map<String, Object> config =
        ProducerTests.config(
            ProducerTests.NOWHERE,
            "key.serializer",
            TellingSerializer.class,
            "value.serializer",
            TellingSerializer.class,
            "partitioner.class",
            TellingPartitioner.class);
    config.put(
        key, key.equals("partitioner.class") ? StuckPartitioner.class : StuckSerializer.class);
    String expected = refusal(Client.KAFKA, config);
    assertTrue(expected.contains("stays open"), expected);
    assertEquals(expected, refusal(Client.RDKAFKA, config));
    ProducerTests.assertNothingIsLeft();
  }

  @Test
  void serializersGivenAreNotConfigured(KafkaCluster kafka) {
    CALLS.clear();
    new RdKafkaProducer<>(
            ProducerTests.config(kafka), new TellingSerializer(), new TellingSerializer())
        .close();
    assertEquals(List.of("close serializer", "close serializer"), CALLS);
  }

  @Test
  void propertiesWillDo(KafkaCluster kafka) throws Exception {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    properties.put("key.serializer", StringSerializer.class.getName());
    properties.put("value.serializer", StringSerializer.class.getName());
    String topic = ProducerTests.newTopic(kafka, 1);
    try (RdKafkaProducer<String, String> producer = new RdKafkaProducer<>(properties)) {
      assertEquals(0, producer.send(new ProducerRecord<>(topic, "v")).get().offset());
    }
    try (RdKafkaProducer<String, String> producer =
        new RdKafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      assertEquals(1, producer.send(new ProducerRecord<>(topic, "v")).get().offset());
    }
  }

  /** Kafka's keys, librdkafka's by both doors, and an interceptor's own. */
  @ParameterizedTest
  @EnumSource(Client.class)
  void valuesComeFromConfigProviders(Client client, KafkaCluster kafka) throws Exception {
    CALLS.clear();
    String topic = ProducerTests.newTopic(kafka, 1);
    Map<String, Object> config = new HashMap<>();
    config.put("config.providers", "vault");
    config.put("config.providers.vault.class", Vault.class.getName());
    config.put("config.providers.vault.param.servers", kafka.bootstrapServers());
    config.put("bootstrap.servers", "${vault:/secrets:servers}");
    config.put("key.serializer", StringSerializer.class.getName());
    config.put("value.serializer", "${vault:/secrets:serializer}");
    config.put("client.id", "of ${vault:/secrets:name}");
    config.put("interceptor.classes", TellingInterceptor.class.getName());
    config.put("max.request.size", "${vault:/secrets:size}");
    config.put("socket.keepalive.enable", "${vault:/secrets:keepalive}");
    config.put("librdkafka.socket.nagle.disable", "${vault:/secrets:keepalive}");
    try (Producer<String, String> producer = client.open(config, null, null)) {
      assertEquals(0, producer.send(new ProducerRecord<>(topic, "v")).get().offset());
      Future<RecordMetadata> large = producer.send(new ProducerRecord<>(topic, "v".repeat(5000)));
      assertTrue(large.exceptionNow().getMessage().contains("larger than 4000"));
    }
    assertEquals(List.of("interceptor of mine", "close interceptor"), CALLS);
  }

  /** Knows some values, and what it is configured with. */
  public static final class Vault implements ConfigProvider {
    private final Map<String, String> values =
        new HashMap<>(
            Map.of(
                "serializer",
                StringSerializer.class.getName(),
                "name",
                "mine",
                "size",
                "4000",
                "keepalive",
                "true"));

    @Override
    public void configure(Map<String, ?> configs) {
      values.put("servers", (String) configs.get("servers"));
    }

    @Override
    public ConfigData get(String path) {
      return new ConfigData(values);
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
      return new ConfigData(values);
    }

    @Override
    public void close() {}
  }

  /** Tells of configure and close. */
  public static class TellingSerializer implements Serializer<Object> {
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      CALLS.add((isKey ? "key" : "value") + " serializer " + configs.get("client.id"));
    }

    @Override
    public byte[] serialize(String topic, Object data) {
      return new byte[0];
    }

    @Override
    public void close() {
      CALLS.add("close serializer");
    }
  }

  /** Cannot be configured. */
  public static final class FailingSerializer implements Serializer<Object> {
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      throw new IllegalStateException("cannot be made");
    }

    @Override
    public byte[] serialize(String topic, Object data) {
      return new byte[0];
    }
  }

  /** Cannot be closed. */
  public static final class StuckSerializer extends TellingSerializer {
    @Override
    public void close() {
      throw new IllegalStateException("stays open");
    }
  }

  /** Cannot be closed. */
  public static final class StuckPartitioner extends TellingPartitioner {
    @Override
    public void close() {
      throw new IllegalStateException("stays open");
    }
  }

  /** Tells of configure and close. */
  public static class TellingPartitioner implements Partitioner {
    @Override
    public int partition(
        String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster all) {
      return 0;
    }

    @Override
    public void close() {
      CALLS.add("close partitioner");
    }

    @Override
    public void configure(Map<String, ?> configs) {
      CALLS.add("partitioner " + configs.get("client.id"));
    }
  }

  /** Tells of configure and close. */
  public static final class TellingInterceptor implements ProducerInterceptor<Object, Object> {
    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
      return record;
    }

    @Override
    public void close() {
      CALLS.add("close interceptor");
    }

    @Override
    public void configure(Map<String, ?> configs) {
      CALLS.add("interceptor " + configs.get("client.id"));
    }
  }
}
