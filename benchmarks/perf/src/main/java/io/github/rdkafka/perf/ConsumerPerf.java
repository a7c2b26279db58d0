package io.github.rdkafka.perf;

import io.github.rdkafka.RdKafkaConsumer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads records as kafka-consumer-perf-test does, with its options. */
@Command(
    name = "consumer",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "kafka-consumer-perf-test on rdkafka-client.")
final class ConsumerPerf implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(100);

  @Spec private CommandSpec spec;
  @Mixin private ClientOptions client;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = {"--num-records", "--messages"},
      required = true,
      description = "How many records to consume.")
  private long records;

  @Option(names = "--group", description = "The group id to consume on; a new one if not given.")
  private String group = "perf-consumer-" + new Random().nextInt(100_000);

  @Option(
      names = "--fetch-size",
      defaultValue = "1048576",
      description = "The most bytes to fetch from a partition per request.")
  private int fetchSize;

  @Option(
      names = "--socket-buffer-size",
      defaultValue = "2097152",
      description = "The size of the TCP receive buffer.")
  private int socketBufferSize;

  @Option(
      names = "--from-latest",
      description = "Begin with the latest record where the group has no offset.")
  private boolean fromLatest;

  @Option(
      names = "--timeout",
      defaultValue = "10000",
      description = "The most milliseconds between returned records.")
  private long timeout;

  @Option(
      names = "--reporting-interval",
      defaultValue = "5000",
      description = "Milliseconds between two lines of --show-detailed-stats.")
  private long interval;

  @Option(names = "--show-detailed-stats", description = "A line for each reporting interval.")
  private boolean detailed;

  @Option(names = "--hide-header", description = "Print no header.")
  private boolean hideHeader;

  @Option(
      names = "--date-format",
      defaultValue = ConsumerReport.DATE_FORMAT,
      description = "Of times, see java.text.SimpleDateFormat.")
  private String dateFormat;

  private static final class Source {
    @Option(names = "--topic", description = "The topic to consume from.")
    private String topic;

    @Option(names = "--include", description = "A regular expression of topics.")
    private Pattern include;
  }

  private long count;
  private long bytes;

  @Override
  public Integer call() throws IOException {
    if (records <= 0) {
      throw new ParameterException(spec.commandLine(), "--num-records should be greater than 0.");
    }
    if (interval <= 0) {
      throw new ParameterException(
          spec.commandLine(), "Reporting interval must be greater than 0.");
    }
    Map<String, Object> config = config();
    ConsumerReport report = new ConsumerReport(dateFormat, detailed);
    if (!hideHeader) {
      report.printHeader();
    }
    ByteArrayDeserializer byteArrays = new ByteArrayDeserializer();
    try (Consumer<byte[], byte[]> consumer =
        new RdKafkaConsumer<>(config, byteArrays, byteArrays)) {
      consume(consumer, report);
      client.print(consumer.metrics());
    }
    return 0;
  }

  private Map<String, Object> config() throws IOException {
    Map<String, Object> config = client.config("perf-consumer-client");
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, socketBufferSize);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetchSize);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, fromLatest ? "latest" : "earliest");
    // as Kafka's tool
    config.put(ConsumerConfig.CHECK_CRCS_CONFIG, false);
    return config;
  }

  private void consume(Consumer<byte[], byte[]> consumer, ConsumerReport report) {
    RebalanceClock rebalances = new RebalanceClock(System::nanoTime);
    if (source.topic != null) {
      consumer.subscribe(List.of(source.topic), rebalances);
    } else {
      consumer.subscribe(source.include, rebalances);
    }
    report.begin();
    long lastRecords = System.nanoTime();
    long lastReport = lastRecords;
    while (count < records
        && System.nanoTime() - lastRecords <= TimeUnit.MILLISECONDS.toNanos(timeout)) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      long now = System.nanoTime();
      if (!polled.isEmpty()) {
        lastRecords = now;
      }
      for (ConsumerRecord<byte[], byte[]> record : polled) {
        count++;
        bytes += length(record.key()) + length(record.value());
      }
      if (!polled.isEmpty() && now - lastReport >= TimeUnit.MILLISECONDS.toNanos(interval)) {
        report.interval(count, bytes, rebalances.millisSinceAsked());
        lastReport = now;
      }
    }
    if (count < records) {
      System.out.printf(
          "WARNING: Exiting before consuming the expected number of records: timeout (%d ms)"
              + " exceeded. You can use the --timeout option to increase the timeout.%n",
          timeout);
    }
    report.total(count, bytes, rebalances.totalMillis());
  }

  private static int length(byte[] array) {
    return array == null ? 0 : array.length;
  }
}
