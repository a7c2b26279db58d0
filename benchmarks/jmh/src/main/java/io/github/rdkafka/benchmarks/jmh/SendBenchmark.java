package io.github.rdkafka.benchmarks.jmh;

import io.github.rdkafka.MockCluster;
import io.github.rdkafka.RdKafkaProducer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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

/**
 * The sender's part of a record: from {@code send} to librdkafka's queue. Nothing leaves it in the
 * meantime: the broker is down once the topic is known.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 30)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "--enable-native-access=ALL-UNNAMED"})
public class SendBenchmark {
  private static final int RECORDS = 50_000;

  @Param({"0", "1", "3"})
  int headers;

  @Param({"100", "1000"})
  int size;

  private final Callback callback = (metadata, exception) -> {};
  private final byte[] key = "customer-0000001".getBytes(StandardCharsets.UTF_8);
  private final byte[] header = {1, 2, 3, 4};
  private byte[] value;
  private MockCluster cluster;
  private RdKafkaProducer<byte[], byte[]> producer;

  @Setup(Level.Iteration)
  public void open() {
    value = new byte[size];
    cluster = MockCluster.start(1);
    cluster.createTopic("topic", 6, 1);
    ByteArraySerializer bytes = new ByteArraySerializer();
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            cluster.bootstrapServers(),
            "buffer.memory",
            1_000_000_000L,
            "acks",
            "1",
            "enable.idempotence",
            "false",
            "linger.ms",
            "5");
    producer = new RdKafkaProducer<>(config, bytes, bytes);
    producer.send(new ProducerRecord<>("topic", key, value)).join();
    cluster.stopBroker(1);
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void send() {
    for (int i = 0; i < RECORDS; i++) {
      ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("topic", i % 6, key, value);
      for (int h = 0; h < headers; h++) {
        record.headers().add("trace", header);
      }
      producer.send(record, callback);
    }
  }

  @TearDown(Level.Iteration)
  public void close() {
    producer.close(Duration.ZERO);
    cluster.close();
  }
}
