package io.github.rdkafka.perf;

import io.github.rdkafka.RdKafkaProducer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends records as kafka-producer-perf-test does, with its options. */
@Command(
    name = "producer",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "kafka-producer-perf-test on rdkafka-client.")
final class ProducerPerf implements Callable<Integer> {
  private static final long DEFAULT_TRANSACTION_MILLIS = 3000;

  @Spec private CommandSpec spec;
  @Mixin private ClientOptions client;

  @Option(names = "--topic", required = true, description = "Produce records to this topic.")
  private String topic;

  @Option(names = "--num-records", required = true, description = "How many records to produce.")
  private long records;

  @Option(
      names = "--throughput",
      required = true,
      description = "At most about so many records/sec; -1 for no limit.")
  private double throughput;

  @ArgGroup(multiplicity = "1")
  private Payload payload;

  @Option(
      names = "--payload-delimiter",
      defaultValue = "\\n",
      description = "Between the payloads of --payload-file; a newline if not given.")
  private String delimiter;

  @Option(names = "--transactional-id", description = "The transactional id to use.")
  private String transactionalId;

  @Option(
      names = "--transaction-duration-ms",
      description = "When a transaction is committed; 3000 if only an id is given.")
  private Long transactionMillis;

  @Option(
      names = "--warmup-records",
      defaultValue = "0",
      description = "The first records, which the steady-state summary leaves out.")
  private long warmUp;

  @Option(
      names = "--reporting-interval",
      defaultValue = "5000",
      description = "Milliseconds between two lines of progress.")
  private long interval;

  private static final class Payload {
    @Option(names = "--record-size", description = "Bytes of a record.")
    private Integer size;

    @Option(names = "--payload-file", description = "A UTF-8 file with payloads to choose from.")
    private Path file;

    @Option(names = "--payload-monotonic", description = "A number that grows by one.")
    private boolean monotonic;
  }

  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private ProducerStats all;
  private ProducerStats steady;

  @Override
  public Integer call() throws IOException {
    check();
    Map<String, Object> config = client.config("perf-producer-client");
    boolean transactional = setTransactionalId(config);
    LongFunction<byte[]> values = values();
    ByteArraySerializer bytes = new ByteArraySerializer();
    Producer<byte[], byte[]> producer = new RdKafkaProducer<>(config, bytes, bytes);
    try (producer) {
      if (transactional) {
        producer.initTransactions();
      }
      if (warmUp > 0) {
        System.out.printf(
            "Warmup first %d records. Steady state results will print after the complete test"
                + " summary.%n",
            warmUp);
      }
      all = new ProducerStats(interval, false, System::nanoTime);
      send(producer, values, transactional);
      producer.flush();
      all.printTotal();
      if (steady != null) {
        steady.printTotal();
      }
      client.print(producer.metrics());
    }
    if (failure.get() != null) {
      throw new KafkaException("not all records were delivered", failure.get());
    }
    return 0;
  }

  private void check() {
    if (records <= 0) {
      throw new ParameterException(spec.commandLine(), "--num-records should be greater than 0.");
    }
    if (warmUp < 0 || warmUp >= records) {
      throw new ParameterException(
          spec.commandLine(),
          "--warmup-records must be at least 0 and fewer than the number of records.");
    }
    if (throughput == 0) {
      throw new ParameterException(spec.commandLine(), "--throughput is 0: nothing would be sent.");
    }
    if (payload.size != null && payload.size <= 0) {
      throw new ParameterException(spec.commandLine(), "--record-size should be greater than 0.");
    }
    if (transactionMillis != null && transactionMillis <= 0) {
      throw new ParameterException(
          spec.commandLine(), "--transaction-duration-ms should be greater than 0.");
    }
    if (interval <= 0) {
      throw new ParameterException(
          spec.commandLine(), "--reporting-interval should be greater than 0.");
    }
  }

  private boolean setTransactionalId(Map<String, Object> config) {
    if (transactionalId != null) {
      config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    } else if (transactionMillis != null) {
      config.putIfAbsent(
          ProducerConfig.TRANSACTIONAL_ID_CONFIG, "performance-producer-" + UUID.randomUUID());
    }
    return config.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
  }

  private LongFunction<byte[]> values() throws IOException {
    if (payload.size != null) {
      return Payloads.ofSize(payload.size);
    }
    return payload.monotonic ? Payloads.monotonic() : Payloads.fromFile(payload.file, delimiter);
  }

  private void send(
      Producer<byte[], byte[]> producer, LongFunction<byte[]> values, boolean transactional) {
    long transactionNanos =
        TimeUnit.MILLISECONDS.toNanos(
            transactionMillis == null ? DEFAULT_TRANSACTION_MILLIS : transactionMillis);
    Throttle throttle = new Throttle(throughput);
    long transactionBegin = 0;
    boolean inTransaction = false;
    for (long number = 0; number < records && failure.get() == null; number++) {
      if (transactional && !inTransaction) {
        producer.beginTransaction();
        transactionBegin = System.nanoTime();
        inTransaction = true;
      }
      if (warmUp > 0 && number == warmUp) {
        steady = new ProducerStats(interval, true, System::nanoTime);
        all.stopPrintingWindows();
      }
      sendOne(producer, values.apply(number), steady);
      if (inTransaction && System.nanoTime() - transactionBegin >= transactionNanos) {
        producer.commitTransaction();
        inTransaction = false;
      }
      throttle.await(number + 1);
    }
    if (inTransaction) {
      producer.commitTransaction();
    }
  }

  private void sendOne(Producer<byte[], byte[]> producer, byte[] value, ProducerStats steadyStats) {
    long begin = System.nanoTime();
    producer.send(
        new ProducerRecord<>(topic, value),
        (metadata, exception) -> {
          if (exception != null) {
            failure.compareAndSet(null, exception);
            return;
          }
          long latency = System.nanoTime() - begin;
          all.record(latency, value.length);
          if (steadyStats != null) {
            steadyStats.record(latency, value.length);
          }
        });
  }
}
