package io.github.rdkafka.internal.consumer;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Calls a deserializer with the array that was read. Kafka's consumer calls the variant that takes
 * a buffer, whose default copies the array once more; so it is called only where a user's class has
 * one of its own.
 */
final class RecordDeserializer<T> {
  private static final String KAFKAS_OWN = "org.apache.kafka.common.serialization.";

  private final Deserializer<T> deserializer;
  private final boolean takesBuffers;

  RecordDeserializer(Deserializer<T> deserializer) {
    this.deserializer = deserializer;
    this.takesBuffers = hasBufferVariant(deserializer.getClass());
  }

  T deserialize(String topic, Headers headers, byte[] data) {
    return takesBuffers
        ? deserializer.deserialize(topic, headers, ByteBuffer.wrap(data))
        : deserializer.deserialize(topic, headers, data);
  }

  private static boolean hasBufferVariant(Class<?> type) {
    try {
      Class<?> declaring =
          type.getMethod("deserialize", String.class, Headers.class, ByteBuffer.class)
              .getDeclaringClass();
      return !declaring.getName().startsWith(KAFKAS_OWN);
    } catch (NoSuchMethodException olderKafka) {
      return false;
    }
  }
}
