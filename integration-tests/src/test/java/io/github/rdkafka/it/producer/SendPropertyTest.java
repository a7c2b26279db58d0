package io.github.rdkafka.it.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.it.SharedCluster;
import io.github.rdkafka.it.producer.SentRecord.SentHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Whatever a program sends, Kafka's own consumer reads the same. */
class SendPropertyTest {
  private static final int PARTITIONS = 3;
  private static final List<TopicPartition> ALL = new ArrayList<>();
  private static final Map<CompressionType, RdKafkaProducer<byte[], byte[]>> PRODUCERS =
      new EnumMap<>(CompressionType.class);
  private static KafkaConsumer<byte[], byte[]> consumer;

  @BeforeContainer
  static void open() {
    String topic = "sent-" + UUID.randomUUID();
    // any timestamp, also of the far future, and none that makes the broker roll or delete
    Map<String, String> anyTime =
        Map.of(
            "message.timestamp.after.max.ms",
            "" + Long.MAX_VALUE,
            "retention.ms",
            "-1",
            "segment.ms",
            "" + Long.MAX_VALUE);
    SharedCluster.get().createTopic(topic, PARTITIONS, 1, anyTime);
    IntStream.range(0, PARTITIONS).forEach(i -> ALL.add(new TopicPartition(topic, i)));
    for (CompressionType compression : CompressionType.values()) {
      Map<String, Object> config =
          ProducerTests.config(SharedCluster.get(), "compression.type", compression.name);
      PRODUCERS.put(
          compression,
          new RdKafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
    }
    consumer =
        new KafkaConsumer<>(
            // a fetch that waits for records holds up the question for the end
            ProducerTests.config(SharedCluster.get(), "fetch.max.wait.ms", 5),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(ALL);
  }

  @AfterContainer
  static void close() {
    consumer.close();
    PRODUCERS.values().forEach(RdKafkaProducer::close);
    ProducerTests.assertNothingIsLeft();
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void whatIsReadIsWhatWasSent(
      @ForAll("batches") List<SentRecord> batch, @ForAll CompressionType compression)
      throws Exception {
    consumer.seekToEnd(ALL);
    ALL.forEach(consumer::position);

    List<Future<RecordMetadata>> sends = new ArrayList<>();
    for (SentRecord record : batch) {
      sends.add(PRODUCERS.get(compression).send(record.toSend(ALL.getFirst().topic())));
    }
    Map<Integer, List<SentRecord>> expected = new TreeMap<>();
    for (int i = 0; i < batch.size(); i++) {
      RecordMetadata metadata = sends.get(i).get(30, TimeUnit.SECONDS);
      SentRecord sent = batch.get(i).as(metadata);
      expected.computeIfAbsent(metadata.partition(), partition -> new ArrayList<>()).add(sent);
    }
    assertEquals(expected, read(batch.size()));
  }

  private static Map<Integer, List<SentRecord>> read(int count) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    ProducerTests.until(
        () -> {
          consumer.poll(Duration.ofMillis(100)).forEach(records::add);
          return records.size() >= count;
        },
        () -> "only " + records.size() + " of " + count + " can be read");
    Map<Integer, List<SentRecord>> read = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      read.computeIfAbsent(record.partition(), partition -> new ArrayList<>())
          .add(SentRecord.read(record));
    }
    return read;
  }

  @Provide
  Arbitrary<List<SentRecord>> batches() {
    return Combinators.combine(
            Arbitraries.integers().between(0, PARTITIONS - 1).injectNull(0.4),
            timestamps().injectNull(0.3),
            bytes().injectNull(0.3),
            bytes().injectNull(0.2),
            headers().list().ofMaxSize(4))
        .as(SentRecord::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static Arbitrary<Long> timestamps() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, Long.MAX_VALUE),
        Arbitraries.of(0L, 1L, Integer.MAX_VALUE + 1L, Long.MAX_VALUE - 1, Long.MAX_VALUE));
  }

  /** Any bytes, as characters from U+0000 to U+00FF: empty, NULs, now and then long. */
  private static Arbitrary<String> bytes() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.just("")),
        Tuple.of(8, shortBytes()),
        Tuple.of(1, shortBytes().map(bytes -> bytes.repeat(1_000))));
  }

  private static Arbitrary<String> shortBytes() {
    return Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(20);
  }

  private static Arbitrary<SentHeader> headers() {
    return Combinators.combine(names(), bytes().injectNull(0.3)).as(SentHeader::new);
  }

  /** Few of them, so that they come twice; any character; now and then long. */
  private static Arbitrary<String> names() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.of("", "a", "b", "\0", "a\0b", "größer", "数", "\ud83d\ude00")),
        Tuple.of(3, shortNames()),
        Tuple.of(1, shortNames().map(name -> name.repeat(2_000))));
  }

  private static Arbitrary<String> shortNames() {
    return Arbitraries.strings().all().ofMaxLength(20).map(SentRecord::encodable);
  }
}
