package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.MockCluster;
import io.github.rdkafka.RdKafkaProducer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Copying a batch of real messages to Java, again and again, and building records of it: out of
 * whole message sets, as the consumer does, or out of one message for each record, as it does with
 * librdkafkas that have no sets.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "--enable-native-access=ALL-UNNAMED"})
public class DrainBenchmark {
  private static final int RECORDS = 500;
  private static final long MOST_POLLS = 300;

  @Param({"0", "1", "3"})
  int headers;

  @Param({"true", "false"})
  boolean messageSets;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment batch = arena.allocate(ValueLayout.ADDRESS, RECORDS);
  private final MessageReader reader = new MessageReader();
  private final MessageSetReader setReader = new MessageSetReader();
  private final FetchedRecords fetched = new FetchedRecords();
  private MockCluster cluster;
  private MemorySegment consumer;
  private MemorySegment queue;
  private int messages;

  @Setup
  public void fill() {
    cluster = MockCluster.start(1);
    cluster.createTopic("topic", 1, 1);
    ByteArraySerializer bytes = new ByteArraySerializer();
    Map<String, Object> config = Map.of("bootstrap.servers", cluster.bootstrapServers());
    try (RdKafkaProducer<byte[], byte[]> producer = new RdKafkaProducer<>(config, bytes, bytes)) {
      for (int i = 0; i < RECORDS; i++) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>("topic", new byte[16], new byte[100]);
        for (int h = 0; h < headers; h++) {
          record.headers().add("trace", new byte[4]);
        }
        producer.send(record);
      }
    }
    consumer = newConsumer();
    queue = rd_kafka_queue_get_consumer(consumer);
    assign();
    int taken = 0;
    for (int polls = 0; taken < RECORDS && polls < MOST_POLLS; polls++) {
      long more =
          rd_kafka_consume_batch_queue(
              queue, 100, batch.asSlice((long) messages * Long.BYTES), RECORDS - taken);
      for (; more > 0; more--) {
        taken += MessageSetReader.records(message(messages++));
      }
    }
    if (taken != RECORDS || messageSets == (messages == RECORDS)) {
      throw new IllegalStateException(taken + " records came in " + messages + " messages");
    }
  }

  private MemorySegment newConsumer() {
    MemorySegment conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", cluster.bootstrapServers());
    set(conf, "group.id", "drain");
    set(conf, "consume.message.sets", String.valueOf(messageSets));
    MemorySegment error = arena.allocate(512);
    MemorySegment client = rd_kafka_new(RD_KAFKA_CONSUMER(), conf, error, 512);
    if (client.address() == 0) {
      throw new IllegalStateException(error.getString(0));
    }
    return client;
  }

  private void set(MemorySegment conf, String key, String value) {
    MemorySegment error = arena.allocate(512);
    int result =
        rd_kafka_conf_set(conf, arena.allocateFrom(key), arena.allocateFrom(value), error, 512);
    if (result != RD_KAFKA_CONF_OK()) {
      throw new IllegalStateException(error.getString(0));
    }
  }

  private void assign() {
    MemorySegment list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, arena.allocateFrom("topic"), 0);
    rd_kafka_topic_partition_list_set_offset(
        list, arena.allocateFrom("topic"), 0, RD_KAFKA_OFFSET_BEGINNING());
    int error = rd_kafka_assign(consumer, list);
    rd_kafka_topic_partition_list_destroy(list);
    if (error != 0) {
      throw new IllegalStateException("assign: " + error);
    }
  }

  /** From librdkafka's memory into the buffer of a partition. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void copy() {
    copyAll();
    fetched.clear();
  }

  /** The same, and a record for the user of each. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void copyAndBuild(Blackhole blackhole) {
    copyAll();
    while (!fetched.isEmpty()) {
      blackhole.consume(
          new ConsumerRecord<>(
              "topic",
              0,
              fetched.offset(),
              fetched.timestamp(),
              fetched.timestampType(),
              fetched.key().length,
              fetched.value().length,
              fetched.key(),
              fetched.value(),
              fetched.headers(),
              fetched.leaderEpoch()));
      fetched.removeHead();
    }
  }

  private void copyAll() {
    for (int i = 0; i < messages; i++) {
      long message = message(i);
      if (MessageSetReader.isSet(message)) {
        setReader.copyTo(fetched, message, 0, reader);
      } else {
        reader.copyTo(fetched, message);
      }
    }
  }

  private long message(int i) {
    return batch.getAtIndex(ValueLayout.JAVA_LONG, i);
  }

  @TearDown
  public void close() {
    for (int i = 0; i < messages; i++) {
      rd_kafka_message_destroy(batch.getAtIndex(ValueLayout.ADDRESS, i));
    }
    rd_kafka_queue_destroy(queue);
    rd_kafka_consumer_close(consumer);
    rd_kafka_destroy(consumer);
    arena.close();
    cluster.close();
  }
}
