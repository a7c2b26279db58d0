package io.github.rdkafka.benchmarks.worker;

import io.github.rdkafka.benchmarks.BenchmarkException;
import io.github.rdkafka.benchmarks.Measurement;
import io.github.rdkafka.benchmarks.Payload;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Reads the topic from its beginning to its end, several times. Those after the warm-up are
 * measured, each from its first records on: before they come, the fetch that found nothing at the
 * end still waits.
 */
final class ConsumeRun {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int ARRAY_HEADER = 16;

  private final Spec spec;
  private final boolean headers;
  private final List<TopicPartition> partitions;
  private double firstMillis = -1;
  private long arrayBytes;
  private long checksum;

  ConsumeRun(Spec spec) {
    this.spec = spec;
    this.headers = spec.flag("headers");
    this.partitions =
        IntStream.range(0, (int) spec.number("partitions"))
            .mapToObj(number -> new TopicPartition(spec.text("topic"), number))
            .toList();
  }

  Measurement run() {
    long records = spec.number("records");
    long warmUpPasses = spec.number("warmup.passes");
    long measuredPasses = spec.number("measured.passes");
    long measured = 0;
    Meter meter = new Meter();
    try (Consumer<byte[], byte[]> consumer = Clients.consumer(spec.contender(), spec.config())) {
      consumer.assign(partitions);
      for (long pass = 0; pass < warmUpPasses; pass++) {
        consumer.seekToBeginning(partitions);
        requireAll(records, read(consumer, records));
      }
      long measuredArrays = 0;
      for (long pass = 0; pass < measuredPasses; pass++) {
        consumer.seekToBeginning(partitions);
        long first = read(consumer, 1);
        arrayBytes = 0;
        meter.begin();
        long rest = read(consumer, records - first);
        meter.end();
        measuredArrays += arrayBytes;
        measured += rest;
        requireAll(records, first + rest);
      }
      if (checksum == 0) {
        throw new BenchmarkException("all records were empty");
      }
      long all = (warmUpPasses + measuredPasses) * records;
      return meter.measurement(measured, all, firstMillis, measuredArrays, null);
    }
  }

  private static void requireAll(long records, long read) {
    if (read != records) {
      throw new BenchmarkException(read + " records came, not " + records);
    }
  }

  /** Returns how many came: a poll may bring more than were asked for. */
  private long read(Consumer<byte[], byte[]> consumer, long atLeast) {
    long read = 0;
    long progress = System.nanoTime();
    while (read < atLeast) {
      int count = 0;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        touch(record);
        count++;
      }
      if (count > 0) {
        read += count;
        progress = System.nanoTime();
        firstMillis = firstMillis < 0 ? spec.millisSinceFork() : firstMillis;
      } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
        throw new BenchmarkException(atLeast - read + " records did not come within " + PATIENCE);
      }
    }
    return read;
  }

  private void touch(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    checksum += value.length + record.offset() + record.timestamp() + value[0];
    arrayBytes += bytes(value) + (record.key() == null ? 0 : bytes(record.key()));
    if (headers) {
      Header header = record.headers().lastHeader(Payload.HEADER_NAME);
      checksum += header.value().length;
    }
  }

  /** What an array takes in the heap. */
  private static long bytes(byte[] array) {
    return (ARRAY_HEADER + array.length + 7L) / 8 * 8;
  }
}
