package io.github.rdkafka.it.producer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What interceptors see and may do. */
final class InterceptorScenarios {
  static final List<Scenario> ALL =
      List.of(
          Scenario.of(
              "interceptors in order",
              1,
              chain(First.class, Second.class),
              InterceptorScenarios::send),
          Scenario.of(
              "an interceptor that throws",
              1,
              chain(First.class, Thrower.class, Second.class),
              InterceptorScenarios::send),
          Scenario.of(
              "interceptors and refused records",
              1,
              chain(First.class, Second.class),
              InterceptorScenarios::refused),
          Scenario.of(
              "an interceptor that drops the record",
              1,
              chain(Dropper.class),
              InterceptorScenarios::dropped));

  /** Where the interceptors of the scenario that runs report to. */
  private static volatile Observations seen;

  private InterceptorScenarios() {}

  private static Map<String, Object> chain(Class<?>... interceptors) {
    return Map.of(
        "interceptor.classes",
        List.of(interceptors),
        "client.id",
        "intercepted",
        "max.request.size",
        2000,
        "max.block.ms",
        700);
  }

  private static void send(Producer<Object, Object> producer, Observations observations) {
    ProducerTests.awaitTopic(producer, observations.topic());
    seen = observations;
    for (int i = 0; i < 3; i++) {
      ProducerRecord<Object, Object> record =
          new ProducerRecord<>(observations.topic(), null, "k" + i, "v" + i);
      observations.ofSend("sent", () -> producer.send(record, observations.callback("user")));
    }
    observations.read();
    producer.close();
    // Kafka closes interceptors once more with every close.
    seen = null;
  }

  private static void refused(Producer<Object, Object> producer, Observations observations) {
    ProducerTests.awaitTopic(producer, observations.topic());
    seen = observations;
    String topic = observations.topic();
    List<ProducerRecord<Object, Object>> records =
        List.of(
            new ProducerRecord<>(topic, "k", new byte[3000]),
            new ProducerRecord<>(topic, 0, "k", new byte[3000]),
            new ProducerRecord<>(topic, 9, "k", "v"),
            new ProducerRecord<>("not valid", "k", "v"),
            new ProducerRecord<>(topic, "k", new IllegalStateException("mine")),
            new ProducerRecord<>(topic, "k", new IOException("mine, too")));
    for (ProducerRecord<Object, Object> record : records) {
      observations.ofSend("sent", () -> producer.send(record, observations.callback("user")));
    }
    producer.close();
    observations.ofSend(
        "closed", () -> producer.send(records.get(2), observations.callback("user")));
    seen = null;
  }

  private static void dropped(Producer<Object, Object> producer, Observations observations) {
    seen = observations;
    observations.of(
        "sent",
        () -> {
          try {
            return producer.send(new ProducerRecord<>(observations.topic(), "k", "v"));
          } catch (NullPointerException expected) {
            return "NullPointerException";
          }
        });
    seen = null;
  }

  /** Tells of every call. */
  public abstract static class Teller implements ProducerInterceptor<Object, Object> {
    void tell(String what, Object about) {
      Observations to = seen;
      if (to != null) {
        to.add(getClass().getSimpleName() + " " + what, about);
      }
    }

    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
      tell("onSend", record.value() instanceof String ? record.value() : "no text");
      return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception, Headers headers) {
      tell(
          "onAcknowledgement",
          (metadata == null ? "no metadata" : Observations.describe(metadata))
              + ", "
              + (exception instanceof NullPointerException
                  ? "NullPointerException"
                  : Observations.describe(exception))
              + ", "
              + headers
              + (headers instanceof RecordHeaders r && r.isReadOnly() ? " read-only" : ""));
    }

    @Override
    public void close() {
      tell("close", "");
    }

    @Override
    public void configure(Map<String, ?> configs) {
      if (!"intercepted".equals(configs.get("client.id"))) {
        throw new IllegalArgumentException("no client.id in " + configs);
      }
    }
  }

  /** Adds to value and headers. */
  public static final class First extends Teller {
    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
      super.onSend(record);
      record.headers().add("first", new byte[] {1});
      return record.value() instanceof String
          ? new ProducerRecord<>(
              record.topic(),
              record.partition(),
              record.key(),
              record.value() + "!",
              record.headers())
          : record;
    }
  }

  /** Only tells. */
  public static final class Second extends Teller {}

  /** Throws whenever it can. */
  public static final class Thrower extends Teller {
    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
      super.onSend(record);
      throw new IllegalStateException("onSend");
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception, Headers headers) {
      super.onAcknowledgement(metadata, exception, headers);
      throw new IllegalStateException("onAcknowledgement");
    }

    @Override
    public void close() {
      super.close();
      throw new IllegalStateException("close");
    }
  }

  /** Answers null. */
  public static final class Dropper extends Teller {
    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
      super.onSend(record);
      return null;
    }
  }
}
