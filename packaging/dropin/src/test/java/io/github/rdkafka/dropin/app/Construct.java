package io.github.rdkafka.dropin.app;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Calls a constructor with nulls. Usage: Construct [internal] */
public final class Construct {

  private Construct() {}

  public static void main(String[] args) throws Throwable {
    for (Constructor<?> constructor : KafkaConsumer.class.getDeclaredConstructors()) {
      if ((constructor.getModifiers() == 0) == (args.length == 1)) {
        constructor.setAccessible(true);
        try {
          constructor.newInstance(new Object[constructor.getParameterCount()]);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      }
    }
  }
}
