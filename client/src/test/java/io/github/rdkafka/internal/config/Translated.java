package io.github.rdkafka.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Translates small configurations: alternating keys and values, upon the keys nobody can omit. */
final class Translated {
  private Translated() {}

  static ProducerConfig producerConfig(Object... keysAndValues) {
    Map<String, Object> map = new HashMap<>();
    map.put("key.serializer", StringSerializer.class);
    map.put("value.serializer", StringSerializer.class);
    map.putAll(map(keysAndValues));
    return new ProducerConfig(map);
  }

  static ConsumerConfig consumerConfig(Object... keysAndValues) {
    Map<String, Object> map = new HashMap<>();
    map.put("key.deserializer", StringDeserializer.class);
    map.put("value.deserializer", StringDeserializer.class);
    map.put("group.id", "g");
    map.putAll(map(keysAndValues));
    return new ConsumerConfig(map);
  }

  static NativeConfig producer(Object... keysAndValues) {
    return ProducerConfigTranslator.translate(producerConfig(keysAndValues));
  }

  static NativeConfig consumer(Object... keysAndValues) {
    return ConsumerConfigTranslator.translate(consumerConfig(keysAndValues));
  }

  static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new HashMap<>();
    map.put("bootstrap.servers", "localhost:9092");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  /** What librdkafka ends up with, property by property. */
  static Map<String, String> propertiesOf(NativeConfig config) {
    Map<String, String> values = new LinkedHashMap<>();
    config.properties().forEach(property -> values.put(property.name(), property.value()));
    return values;
  }

  static void assertValue(NativeConfig config, String name, String expected) {
    assertEquals(expected, config.value(name).orElse(null), name);
  }
}
