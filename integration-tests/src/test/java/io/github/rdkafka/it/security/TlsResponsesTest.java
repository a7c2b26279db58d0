package io.github.rdkafka.it.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rdkafka.RdKafkaConsumer;
import io.github.rdkafka.RdKafkaProducer;
import io.github.rdkafka.it.Leftovers;
import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterExtension;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Responses over TLS that are much larger than a TLS record, and arrive in pieces. */
@Timeout(300)
class TlsResponsesTest {
  @RegisterExtension static final KafkaClusterExtension KAFKA = SecureCluster.extension();

  private static final int RECORDS = 40_000;
  private static final int LONGEST = 2000;
  private static final int TIMES = 3;
  private static final int POLLS_BETWEEN_STOPS = 5;

  private static TopicPartition partition;

  @BeforeAll
  static void fill(KafkaCluster kafka) throws Exception {
    SecureClients clients = new SecureClients(kafka, SecureCluster.MTLS, SecureCluster.tls());
    partition = new TopicPartition(clients.newTopic(), 0);
    Values values = new Values();
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (Producer<byte[], byte[]> producer =
        new RdKafkaProducer<>(clients.config(), bytes, bytes)) {
      Future<RecordMetadata> last = null;
      for (int i = 0; i < RECORDS; i++) {
        last = producer.send(new ProducerRecord<>(partition.topic(), values.next()));
      }
      assertEquals(RECORDS - 1, last.get(60, TimeUnit.SECONDS).offset());
    }
  }

  @AfterEach
  void nothingIsLeft() {
    Leftovers.assertNone();
  }

  @Test
  void asTheyCome(KafkaCluster kafka) {
    read(kafka, Map.of(), false);
  }

  @Test
  void byTheOlderProtocol(KafkaCluster kafka) {
    read(kafka, Map.of("ssl.protocol", "TLSv1.2", "ssl.enabled.protocols", "TLSv1.2"), false);
  }

  @Test
  void intoABufferThatIsSmallerThanTheyAre(KafkaCluster kafka) {
    read(kafka, Map.of("receive.buffer.bytes", 16_384), false);
  }

  @Test
  void fromABrokerThatStopsInTheMiddle(KafkaCluster kafka) {
    read(kafka, Map.of(), true);
  }

  /** Each record once, in order, as it was sent, several times over. */
  private static void read(KafkaCluster kafka, Map<String, Object> more, boolean stopping) {
    Map<String, Object> config =
        new HashMap<>(new SecureClients(kafka, SecureCluster.MTLS, SecureCluster.tls()).config());
    config.putAll(more);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (Consumer<byte[], byte[]> consumer = new RdKafkaConsumer<>(config, bytes, bytes)) {
      consumer.assign(List.of(partition));
      for (int time = 0; time < TIMES; time++) {
        consumer.seekToBeginning(List.of(partition));
        Values values = new Values();
        int[] read = new int[1];
        int[] polls = new int[1];
        SecureClients.until(
            () -> {
              if (stopping && polls[0]++ % POLLS_BETWEEN_STOPS == 0) {
                read[0] += pollWhileStopped(kafka, consumer, read[0], values);
              }
              read[0] += poll(consumer, read[0], values);
              return read[0] == RECORDS;
            });
      }
    }
  }

  /** Until nothing comes any more. */
  private static int pollWhileStopped(
      KafkaCluster kafka, Consumer<byte[], byte[]> consumer, int next, Values values) {
    kafka.pause(1);
    try {
      int read = 0;
      int came;
      do {
        came = poll(consumer, next + read, values);
        read += came;
      } while (came > 0);
      return read;
    } finally {
      kafka.resume(1);
    }
  }

  /**
   * How many records came; none when nothing did for longer than librdkafka awaits much at once.
   */
  private static int poll(Consumer<byte[], byte[]> consumer, int next, Values values) {
    int offset = next;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
      assertEquals(offset++, record.offset());
      values.assertNext(record.value());
    }
    return offset - next;
  }

  /** The same values each time. */
  private static final class Values {
    private final Random random = new Random(7);

    byte[] next() {
      byte[] value = new byte[random.nextInt(LONGEST)];
      random.nextBytes(value);
      return value;
    }

    void assertNext(byte[] value) {
      // by hand, because assertArrayEquals takes ten times as long
      if (!Arrays.equals(next(), value)) {
        throw new AssertionError("a value is another one than was sent");
      }
    }
  }
}
