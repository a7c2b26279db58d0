package io.github.rdkafka.internal.producer;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** Turns a record's key and value into bytes. */
final class RecordSerialization<K, V> {
  private final ProducerConfig config;
  private final Serializer<K> keySerializer;
  private final Serializer<V> valueSerializer;

  RecordSerialization(
      ProducerConfig config, Serializer<K> keySerializer, Serializer<V> valueSerializer) {
    this.config = config;
    this.keySerializer = keySerializer;
    this.valueSerializer = valueSerializer;
  }

  byte[] key(ProducerRecord<K, V> record) {
    try {
      return keySerializer.serialize(record.topic(), record.headers(), record.key());
    } catch (ClassCastException wrongClass) {
      throw failure("key", record.key(), ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, wrongClass);
    }
  }

  byte[] value(ProducerRecord<K, V> record) {
    try {
      return valueSerializer.serialize(record.topic(), record.headers(), record.value());
    } catch (ClassCastException wrongClass) {
      throw failure(
          "value", record.value(), ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, wrongClass);
    }
  }

  private SerializationException failure(
      String what, Object object, String configKey, ClassCastException cause) {
    return new SerializationException(
        "Can't convert "
            + what
            + " of class "
            + object.getClass().getName()
            + " to class "
            + config.getClass(configKey).getName()
            + " specified in "
            + what
            + ".serializer",
        cause);
  }
}
