package io.github.rdkafka.it.producer;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serializer;

/** Serializers that take text and bytes, and throw what they are given. */
final class Serializers {
  Serializer<Object> keys() {
    return new Any();
  }

  Serializer<Object> values() {
    return new Any();
  }

  private static final class Any implements Serializer<Object> {
    @Override
    public byte[] serialize(String topic, Object data) {
      if (data instanceof Exception thrown) {
        Any.<RuntimeException>raise(thrown);
      }
      return data instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) data;
    }

    /** Checked ones, too, as code does that is not written in Java. */
    @SuppressWarnings("unchecked")
    private static <T extends Exception> void raise(Exception thrown) throws T {
      throw (T) thrown;
    }
  }
}
