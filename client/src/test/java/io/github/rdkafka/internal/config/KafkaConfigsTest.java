package io.github.rdkafka.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaConfigsTest {

  @Test
  void givenObjectsNameTheirClasses() {
    Map<String, Object> configs = Map.of("value.serializer", "theirs", "a", 1);
    assertEquals(
        Map.of("key.serializer", StringSerializer.class, "value.serializer", "theirs", "a", 1),
        KafkaConfigs.withSerializers(configs, new StringSerializer(), null));
    assertEquals(
        Map.of(
            "key.deserializer", ByteArrayDeserializer.class,
            "value.deserializer", ByteArrayDeserializer.class),
        KafkaConfigs.withDeserializers(
            Map.of(), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  @Test
  void whatIsNeitherGivenNorNamedIsRefusedInKafkasWords() {
    ConfigException failure =
        assertThrows(
            ConfigException.class,
            () -> KafkaConfigs.withSerializers(Map.of(), new ByteArraySerializer(), null));
    assertEquals(
        "Invalid value null for configuration value.serializer: must be non-null.",
        failure.getMessage());
    assertThrows(ConfigException.class, () -> KafkaConfigs.withDeserializers(Map.of(), null, null));
  }
}
