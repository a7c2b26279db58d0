package io.github.rdkafka.benchmarks.jmh;

import io.github.rdkafka.MockCluster;
import io.github.rdkafka.RdKafkaProducer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sending, librdkafka's threads, a broker inside the process, and the delivery-report loop; run it
 * with {@code -prof async} or {@code -prof jfr} for who takes how much, with {@code -prof gc} for
 * allocation.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "--enable-native-access=ALL-UNNAMED"})
public class RoundTripBenchmark {
  private static final int RECORDS = 50_000;

  private final Callback callback = (metadata, exception) -> {};
  private final byte[] value = new byte[100];
  private MockCluster cluster;
  private RdKafkaProducer<byte[], byte[]> producer;

  @Setup
  public void open() {
    cluster = MockCluster.start(1);
    cluster.createTopic("topic", 6, 1);
    ByteArraySerializer bytes = new ByteArraySerializer();
    Map<String, Object> config =
        Map.of("bootstrap.servers", cluster.bootstrapServers(), "linger.ms", "5");
    producer = new RdKafkaProducer<>(config, bytes, bytes);
    producer.send(new ProducerRecord<>("topic", value)).join();
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void callbacks() {
    for (int i = 0; i < RECORDS; i++) {
      producer.send(new ProducerRecord<>("topic", value), callback);
    }
    producer.flush();
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void futures() {
    for (int i = 0; i < RECORDS; i++) {
      producer.send(new ProducerRecord<>("topic", value));
    }
    producer.flush();
  }

  @TearDown
  public void close() {
    producer.close();
    cluster.close();
  }
}
