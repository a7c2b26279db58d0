package io.github.rdkafka.internal.config;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Completes a user's configuration the way Kafka's constructors do before parsing it. */
public final class KafkaConfigs {
  private KafkaConfigs() {}

  /**
   * A copy of the configuration in which serializers given as objects are named by class.
   *
   * @param keySerializer null if the configuration names it
   * @param valueSerializer null if the configuration names it
   * @throws ConfigException if one is neither given nor named
   */
  public static Map<String, Object> withSerializers(
      Map<String, Object> configs, Serializer<?> keySerializer, Serializer<?> valueSerializer) {
    Map<String, Object> completed = new HashMap<>(configs);
    name(completed, ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, keySerializer);
    name(completed, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, valueSerializer);
    return completed;
  }

  /**
   * A copy of the configuration in which deserializers given as objects are named by class.
   *
   * @param keyDeserializer null if the configuration names it
   * @param valueDeserializer null if the configuration names it
   * @throws ConfigException if one is neither given nor named
   */
  public static Map<String, Object> withDeserializers(
      Map<String, Object> configs,
      Deserializer<?> keyDeserializer,
      Deserializer<?> valueDeserializer) {
    return ConsumerConfig.appendDeserializerToConfig(configs, keyDeserializer, valueDeserializer);
  }

  private static void name(Map<String, Object> configs, String key, Object given) {
    if (given != null) {
      configs.put(key, given.getClass());
    } else if (configs.get(key) == null) {
      throw new ConfigException(key, null, "must be non-null.");
    }
  }
}
