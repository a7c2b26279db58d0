package io.github.rdkafka.dropin;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.BiFunction;

/**
 * Makes the clients behind a replaced class: called by its constructors with their descriptor and
 * arguments.
 */
public final class ClientFactory implements BiFunction<String, Object[], Object> {

  private static final String REFUSAL = "org.apache.kafka.common.config.ConfigException";

  private final MethodHandles.Lookup replaced;
  private final KafkaClass kafkaClass;
  private final ClientModule module;
  private final boolean configFallback;
  private Class<?> original;

  private ClientFactory(
      MethodHandles.Lookup replaced, ClientModule module, boolean configFallback) {
    this.replaced = replaced;
    this.kafkaClass = KafkaClass.of(replaced.lookupClass());
    this.module = module;
    this.configFallback = configFallback;
  }

  /**
   * Called by a replaced class while it is initialized.
   *
   * @param replaced of that class, with all access
   * @return never null
   * @throws IllegalStateException if librdkafka has become unusable since the class was loaded
   */
  public static BiFunction<String, Object[], Object> of(MethodHandles.Lookup replaced) {
    try {
      Class<?> type = replaced.lookupClass();
      ClientModule module = Dropin.module(type.getClassLoader(), type.getModule());
      ClientFactory factory =
          new ClientFactory(replaced, module, Dropin.settings().configFallback());
      module.info(
          "%s of %s is replaced by %s on %s"
              .formatted(
                  type.getName(),
                  KafkaVersion.of(type),
                  factory.kafkaClass.replacement(),
                  module.library()));
      return factory;
    } catch (UnusableException e) {
      throw new IllegalStateException("rdkafka-dropin: " + e.getMessage(), e);
    }
  }

  @Override
  public Object apply(String descriptor, Object[] arguments) {
    MethodType type =
        MethodType.fromMethodDescriptorString(descriptor, replaced.lookupClass().getClassLoader());
    try {
      Object client = call(module.constructor(kafkaClass.replacement(), type), arguments);
      Constructions.count(kafkaClass);
      return client;
    } catch (Throwable e) {
      if (configFallback && isRefusal(e)) {
        return original(type, arguments, e);
      }
      throw unchecked(e);
    }
  }

  private Object original(MethodType type, Object[] arguments, Throwable refusal) {
    module.warn(
        "%s cannot have this configuration, and is Kafka's own instead"
            .formatted(kafkaClass.replacement()),
        refusal);
    try {
      Object client = call(replaced.findConstructor(originalClass(), type), arguments);
      Constructions.countOriginal();
      return client;
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  private synchronized Class<?> originalClass() throws IOException, IllegalAccessException {
    if (original == null) {
      original = OriginalClass.define(replaced);
    }
    return original;
  }

  private static Object call(MethodHandle constructor, Object[] arguments) throws Throwable {
    return constructor.invokeWithArguments(arguments);
  }

  private static boolean isRefusal(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e.getClass().getName().equals(REFUSAL)) {
        return true;
      }
    }
    return false;
  }

  /** As the constructor threw it. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException unchecked(Throwable e) throws T {
    throw (T) e;
  }
}
