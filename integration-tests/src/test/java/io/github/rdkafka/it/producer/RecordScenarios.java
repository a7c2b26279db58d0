package io.github.rdkafka.it.producer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Keys, values, headers and timestamps of every kind, and how they are read back. */
final class RecordScenarios {
  static final List<Scenario> ALL =
      List.of(
          Scenario.of("null and empty keys and values", 1, RecordScenarios::nullAndEmpty),
          Scenario.of("headers", 1, RecordScenarios::headers),
          Scenario.of("headers become read-only", 1, RecordScenarios::readOnlyHeaders),
          Scenario.of("many headers", 1, RecordScenarios::manyHeaders),
          Scenario.of("values around the limit of copying", 1, RecordScenarios::largeValues),
          Scenario.of("timestamps", 1, RecordScenarios::timestamps),
          Scenario.of("refused by the broker", 1, RecordScenarios::refusedByTheBroker),
          Scenario.of(
              "invalid records among others",
              1,
              Map.of("linger.ms", 60_000, "delivery.timeout.ms", 120_000),
              RecordScenarios::invalidAmongOthers),
          Scenario.of("acks=0", 1, Map.of("acks", "0"), RecordScenarios::unacknowledged),
          Scenario.of("acks=1", 1, Map.of("acks", "1"), RecordScenarios::nullAndEmpty),
          Scenario.of("gzip", 1, Map.of("compression.type", "gzip"), RecordScenarios::many),
          Scenario.of("snappy", 1, Map.of("compression.type", "snappy"), RecordScenarios::many),
          Scenario.of("lz4", 1, Map.of("compression.type", "lz4"), RecordScenarios::many),
          Scenario.of("zstd", 1, Map.of("compression.type", "zstd"), RecordScenarios::many));

  private RecordScenarios() {}

  private static void nullAndEmpty(Producer<Object, Object> producer, Observations seen) {
    byte[] empty = {};
    Object[] kinds = {null, empty, "x"};
    for (Object key : kinds) {
      for (Object value : kinds) {
        seen.ofSend("sent", () -> producer.send(new ProducerRecord<>(seen.topic(), key, value)));
      }
    }
    seen.read();
  }

  private static void headers(Producer<Object, Object> producer, Observations seen) {
    List<Header> headers =
        List.of(
            new RecordHeader("null", (byte[]) null),
            new RecordHeader("empty", new byte[0]),
            new RecordHeader("same", new byte[] {1, 0, -1}),
            new RecordHeader("same", "two".getBytes(StandardCharsets.UTF_8)),
            new RecordHeader("", "no name".getBytes(StandardCharsets.UTF_8)),
            new RecordHeader("\u00fcn\u00efc\u00f6d\u00e9 \u20ac \ud83d\ude00", new byte[] {7}));
    List<Header> withNul = new ArrayList<>(headers);
    withNul.add(new RecordHeader("nul\u0000inside", new byte[] {0}));
    seen.ofSend(
        "sent", () -> producer.send(new ProducerRecord<>(seen.topic(), 0, "k", "v", headers)));
    seen.ofSend(
        "with U+0000",
        () -> producer.send(new ProducerRecord<>(seen.topic(), 0, "k", "v", withNul)));
    seen.ofSend(
        "with U+0000 and a large value",
        () -> producer.send(new ProducerRecord<>(seen.topic(), 0, "k", large(50_000), withNul)));
    seen.ofSend(
        "with a large value",
        () -> producer.send(new ProducerRecord<>(seen.topic(), 0, "k", large(50_000), headers)));
    seen.read();
  }

  private static void readOnlyHeaders(Producer<Object, Object> producer, Observations seen) {
    ProducerRecord<Object, Object> record = new ProducerRecord<>(seen.topic(), "k", "v");
    seen.of("before", () -> record.headers().add("a", new byte[0]));
    seen.ofSend("sent", () -> producer.send(record));
    seen.of("after", () -> record.headers().add("b", new byte[0]));
    seen.ofSend("sent again", () -> producer.send(record));
  }

  private static void manyHeaders(Producer<Object, Object> producer, Observations seen) {
    for (int count : new int[] {8, 9, 300, 2, 1000, 0}) {
      List<Header> headers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        headers.add(new RecordHeader("h" + i, large(i)));
      }
      seen.ofSend(
          "sent", () -> producer.send(new ProducerRecord<>(seen.topic(), 0, "k", "v", headers)));
    }
    seen.read();
  }

  private static void largeValues(Producer<Object, Object> producer, Observations seen) {
    for (int size : new int[] {4095, 16383, 16384, 16385, 300_000, 900_000, 1}) {
      seen.ofSend(
          "sent " + size,
          () -> producer.send(new ProducerRecord<>(seen.topic(), large(size / 3), large(size))));
    }
    seen.read();
  }

  private static void timestamps(Producer<Object, Object> producer, Observations seen)
      throws Exception {
    for (long timestamp : new long[] {0, 1, 1_234_567_890_123L}) {
      seen.of(
          "timestamp",
          () ->
              producer
                  .send(new ProducerRecord<>(seen.topic(), null, timestamp, "k", "v"))
                  .get()
                  .timestamp());
    }
    long before = System.currentTimeMillis();
    RecordMetadata sent = producer.send(new ProducerRecord<>(seen.topic(), "k", "v")).get();
    long after = System.currentTimeMillis();
    seen.add("now is now", before <= sent.timestamp() && sent.timestamp() <= after);
    ProducerTests.readAll(seen.kafka(), seen.topic()).stream()
        .limit(2)
        .forEach(record -> seen.add("read", record.timestamp() + " " + record.timestampType()));
  }

  /** Of the broker's text for a refused record only the class of the exception is known to us. */
  private static void refusedByTheBroker(Producer<Object, Object> producer, Observations seen) {
    ProducerRecord<Object, Object> future =
        new ProducerRecord<>(seen.topic(), 0, 4_000_000_000_000L, "k", "v");
    seen.of(
        "refused",
        () -> {
          try {
            return producer.send(future).get();
          } catch (ExecutionException failure) {
            return failure.getCause().getClass();
          }
        });
    seen.ofSend("later", () -> producer.send(new ProducerRecord<>(seen.topic(), "k", "v")));
  }

  /** Of those, too, only the class. With just one among others, those fail like it. */
  private static void invalidAmongOthers(Producer<Object, Object> producer, Observations seen) {
    String compacted = "compacted-" + UUID.randomUUID();
    seen.kafka().createTopic(compacted, 1, 1, Map.of("cleanup.policy", "compact"));
    producer.partitionsFor(compacted);
    for (List<String> keys : List.of(List.of("", "k", "", "k", "k"), List.of(""), List.of("k"))) {
      List<Future<RecordMetadata>> sends = new ArrayList<>();
      for (String key : keys) {
        sends.add(
            producer.send(
                new ProducerRecord<>(compacted, 0, key.isEmpty() ? null : key, "v"),
                (metadata, exception) ->
                    seen.add(
                        "called back",
                        exception == null ? metadata.offset() : exception.getClass())));
      }
      producer.flush();
      for (Future<RecordMetadata> send : sends) {
        seen.add(
            keys + "",
            send.state() == Future.State.SUCCESS ? "sent" : send.exceptionNow().getClass());
      }
    }
  }

  private static void unacknowledged(Producer<Object, Object> producer, Observations seen) {
    for (int i = 0; i < 3; i++) {
      seen.ofSend("sent", () -> producer.send(new ProducerRecord<>(seen.topic(), "k", "v")));
    }
    producer.flush();
  }

  private static void many(Producer<Object, Object> producer, Observations seen) {
    for (int i = 0; i < 2_000; i++) {
      producer.send(new ProducerRecord<>(seen.topic(), "key " + i, "value ".repeat(i % 50) + i));
    }
    producer.flush();
    seen.read();
  }

  private static byte[] large(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) ((i * 31) >> 3);
    }
    return bytes;
  }
}
