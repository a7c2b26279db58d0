package io.github.rdkafka.internal.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.junit.jupiter.api.Test;

class RecordPartitionerTest {
  private static final RecordPartitioner BUILT_IN = new RecordPartitioner(null, false);

  @Test
  void aKeyGoesWhereKafkaSendsIt() {
    Random random = new Random(42);
    for (int i = 0; i < 100_000; i++) {
      byte[] key = new byte[random.nextInt(i % 10 == 0 ? 1000 : 40)];
      random.nextBytes(key);
      int partitions = 1 + random.nextInt(1000);
      assertEquals(
          BuiltInPartitioner.partitionForKey(key, partitions),
          RecordPartitioner.forKey(key, partitions));
    }
  }

  @Test
  void theEmptyKeyIsAKey() {
    TopicView view = Topics.view("t", 7);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("t", new byte[0], null);
    assertEquals(
        BuiltInPartitioner.partitionForKey(new byte[0], 7),
        BUILT_IN.partition(record, new byte[0], null, view, null));
  }

  @Test
  void theRecordsOwnPartitionComesFirst() {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("t", 5, new byte[1], null);
    RecordPartitioner partitioner = new RecordPartitioner(new Fixed(2), false);
    assertEquals(5, partitioner.partition(record, new byte[1], null, Topics.view("t", 7), null));
  }

  @Test
  void withoutAKeyAnyPartitionWillDo() {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("t", null, new byte[1]);
    assertEquals(
        RecordPartitioner.ANY,
        BUILT_IN.partition(record, null, new byte[1], Topics.view("t", 7), null));
  }

  @Test
  void keysCanBeIgnored() {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("t", new byte[1], null);
    assertEquals(
        RecordPartitioner.ANY,
        new RecordPartitioner(null, true)
            .partition(record, new byte[1], null, Topics.view("t", 7), null));
  }

  @Test
  void aNegativePartitionIsRefusedInKafkasWords() {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("t", null, null);
    RecordPartitioner partitioner = new RecordPartitioner(new Fixed(-3), false);
    ProducerMetadata metadata =
        new ProducerMetadata(
            null,
            Runnable::run,
            new ProducerMetadata.Settings(1, 1),
            () -> null,
            new ClusterView(null),
            partitions -> {});
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> partitioner.partition(record, null, null, Topics.view("t", 7), metadata));
    assertEquals(
        "The partitioner generated an invalid partition number: -3. Partition number should always"
            + " be non-negative.",
        refused.getMessage());
  }

  private record Fixed(int answer) implements Partitioner {
    @Override
    public int partition(
        String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster all) {
      return answer;
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
  }
}
