package io.github.rdkafka.it.consumer;

import io.github.rdkafka.RdKafkaConsumer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A program that reads one record of a backlog and then polls no more. When fetching ahead has come
 * to rest, it prints by how many KiB its memory has grown. On a busy machine fetching may pause for
 * longer than it takes to notice its end: what it must grow by at least is waited for. Usage:
 * IdleReader bootstrap-servers topic partitions queued.max.messages.kbytes least-growth
 */
public final class IdleReader {
  private static final long LOOK_NANOS = 50_000_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /** It rests when this many looks in a row have found nothing new. */
  private static final int LOOKS_AT_REST = 40;

  private static final long NOTHING_NEW_KIB = 512;

  private IdleReader() {}

  public static void main(String[] args) throws IOException {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            args[0],
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            1,
            "librdkafka.queued.max.messages.kbytes",
            args[3]);
    List<TopicPartition> partitions =
        IntStream.range(0, Integer.parseInt(args[2]))
            .mapToObj(i -> new TopicPartition(args[1], i))
            .toList();
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (RdKafkaConsumer<byte[], byte[]> consumer = new RdKafkaConsumer<>(config, bytes, bytes)) {
      consumer.assign(partitions);
      consumer.beginningOffsets(partitions);
      long before = residentKib();
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (consumer.poll(Duration.ofMillis(100)).isEmpty() && System.nanoTime() < deadline) {
        // not yet
      }
      long least = before + Long.parseLong(args[4]);
      System.out.println("grown by KiB: " + (atRest(least, deadline) - before));
    }
  }

  private static long atRest(long least, long deadline) throws IOException {
    long most = residentKib();
    int looks = 0;
    while ((looks < LOOKS_AT_REST || most < least) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_NANOS);
      long now = residentKib();
      looks = now > most + NOTHING_NEW_KIB ? 0 : looks + 1;
      most = Math.max(most, now);
    }
    return most;
  }

  private static long residentKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
