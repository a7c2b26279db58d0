package io.github.rdkafka.internal.producer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;

/** Calls interceptors as the version of kafka-clients at hand does: from 4.1 on with headers. */
final class Acknowledgement {
  private static final MethodHandle ON_ACKNOWLEDGEMENT = find();

  private Acknowledgement() {}

  /**
   * Tells an interceptor what became of a record.
   *
   * @param exception null on success
   * @throws Throwable what the interceptor throws
   */
  static void tell(
      ProducerInterceptor<?, ?> interceptor,
      RecordMetadata metadata,
      Exception exception,
      Headers headers)
      throws Throwable {
    ON_ACKNOWLEDGEMENT.invokeExact(interceptor, metadata, exception, headers);
  }

  private static MethodHandle find() {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodType withHeaders =
        MethodType.methodType(void.class, RecordMetadata.class, Exception.class, Headers.class);
    try {
      return lookup.findVirtual(ProducerInterceptor.class, "onAcknowledgement", withHeaders);
    } catch (NoSuchMethodException older) {
      return withoutHeaders(lookup);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static MethodHandle withoutHeaders(MethodHandles.Lookup lookup) {
    MethodType type = MethodType.methodType(void.class, RecordMetadata.class, Exception.class);
    try {
      return MethodHandles.dropArguments(
          lookup.findVirtual(ProducerInterceptor.class, "onAcknowledgement", type),
          3,
          Headers.class);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
