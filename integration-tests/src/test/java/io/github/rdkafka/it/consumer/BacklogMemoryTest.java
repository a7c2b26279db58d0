package io.github.rdkafka.it.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.it.ForkedJvm;
import io.github.rdkafka.it.SharedCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a consumer that does not poll fetches ahead of a backlog is bounded. */
@Timeout(180)
class BacklogMemoryTest {
  private static final Logger LOG = LoggerFactory.getLogger(BacklogMemoryTest.class);
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 150_000;
  private static final int RECORD_BYTES = 1_000;
  private static final long BACKLOG_KIB = (long) RECORDS * RECORD_BYTES / 1024;

  @TempDir private static Path folder;
  private static String topic;

  @BeforeAll
  static void fill() throws Exception {
    topic = SharedCluster.newTopic(PARTITIONS);
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            SharedCluster.get().bootstrapServers(),
            ProducerConfig.LINGER_MS_CONFIG,
            50,
            ProducerConfig.BATCH_SIZE_CONFIG,
            200_000);
    ByteArraySerializer bytes = new ByteArraySerializer();
    byte[] value = new byte[RECORD_BYTES];
    List<Future<RecordMetadata>> sends = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes)) {
      for (int i = 0; i < RECORDS; i++) {
        sends.add(producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, value)));
      }
    }
    for (Future<RecordMetadata> send : sends) {
      send.get();
    }
  }

  /** 4 MiB, a fetch of 1 MiB for each partition, and the JVM's own. */
  @Test
  void isBoundedByTheQueuesLimit() throws Exception {
    long limit = 4 * 1024;
    long fetches = PARTITIONS * 1024L;
    long jvm = 24 * 1024;
    long grown = grownBy(limit, 0);
    LOG.info("{} KiB of {} KiB, with a limit of {} KiB", grown, BACKLOG_KIB, limit);
    assertTrue(grown < limit + fetches + jvm, "grown by KiB: " + grown);
  }

  /** That is, the test above would see it. */
  @Test
  void isAllOfTheBacklogWithoutALimit() throws Exception {
    long grown = grownBy(1024 * 1024, BACKLOG_KIB / 2 + 1);
    LOG.info("{} KiB of {} KiB, without a limit", grown, BACKLOG_KIB);
    assertTrue(grown > BACKLOG_KIB / 2, "grown by KiB: " + grown);
  }

  private static long grownBy(long limitKib, long leastKib) throws Exception {
    Path log = folder.resolve("reader-" + limitKib + ".log");
    Process reader =
        ForkedJvm.start(
            IdleReader.class,
            log,
            SharedCluster.get().bootstrapServers(),
            topic,
            "" + PARTITIONS,
            "" + limitKib,
            "" + leastKib);
    try {
      assertTrue(reader.waitFor(90, TimeUnit.SECONDS), () -> ForkedJvm.text(log));
    } finally {
      ForkedJvm.kill(reader);
    }
    assertEquals(0, reader.exitValue(), () -> ForkedJvm.text(log));
    return ForkedJvm.text(log)
        .lines()
        .filter(line -> line.startsWith("grown by KiB: "))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(ForkedJvm.text(log)));
  }
}
