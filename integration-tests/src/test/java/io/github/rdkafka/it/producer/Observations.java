package io.github.rdkafka.it.producer;

import io.github.rdkafka.testing.KafkaCluster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;

/** What a scenario saw, as lines of text that must be the same for both producers. */
final class Observations {
  private final KafkaCluster kafka;
  private final String topic;
  private final List<String> lines = new ArrayList<>();

  Observations(KafkaCluster kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
  }

  KafkaCluster kafka() {
    return kafka;
  }

  String topic() {
    return topic;
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** Names that differ from run to run are left out. */
  synchronized void add(String what, Object seen) {
    lines.add(what + ": " + String.valueOf(seen).replace(topic, "TOPIC"));
  }

  /** Anything that can throw. */
  @FunctionalInterface
  interface Action {
    Object run() throws Exception;
  }

  /** What an action answers, or throws. */
  void of(String what, Action action) {
    try {
      add(what, action.run());
    } catch (Throwable thrown) {
      add(what + " threw", describe(thrown));
    }
  }

  /** How a send ends, be it by an exception of its own. */
  void ofSend(String what, Action send) {
    of(
        what,
        () -> {
          Future<?> future = (Future<?>) send.run();
          try {
            RecordMetadata metadata = (RecordMetadata) future.get();
            return describe(metadata);
          } catch (ExecutionException failure) {
            return "failed with " + describe(failure.getCause());
          }
        });
  }

  Callback callback(String what) {
    return (metadata, exception) ->
        add(what + " called back", describe(metadata) + ", " + describe(exception));
  }

  static String describe(RecordMetadata metadata) {
    return metadata == null
        ? "no metadata"
        : metadata
            + " key "
            + metadata.serializedKeySize()
            + " value "
            + metadata.serializedValueSize()
            + (metadata.hasOffset() ? "" : " without offset")
            + (metadata.hasTimestamp() ? "" : " without timestamp");
  }

  static String describe(Throwable thrown) {
    if (thrown == null) {
      return "no exception";
    }
    String cause = thrown.getCause() == null ? "" : " because of " + describe(thrown.getCause());
    return thrown.getClass().getName() + "(" + thrown.getMessage() + ")" + cause;
  }

  /** Everything in the topic. */
  void read() {
    for (ConsumerRecord<byte[], byte[]> record : ProducerTests.readAll(kafka, topic)) {
      StringBuilder line = new StringBuilder();
      line.append(record.partition()).append('@').append(record.offset());
      line.append(" key ").append(bytes(record.key()));
      line.append(" value ").append(bytes(record.value()));
      for (Header header : record.headers()) {
        line.append(' ').append(header.key()).append('=').append(bytes(header.value()));
      }
      add("read", line);
    }
  }

  private static String bytes(byte[] bytes) {
    if (bytes == null) {
      return "null";
    }
    return bytes.length > 100
        ? bytes.length + " bytes"
        : "'" + new String(bytes, StandardCharsets.ISO_8859_1) + "'";
  }
}
