package io.github.rdkafka.internal.producer;

import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * Chooses the partition of every record, in Kafka's order: the record's own, the user's
 * partitioner, the hash of the key, the sticky one.
 */
final class RecordPartitioner {
  static final int ANY = -1;

  private final Partitioner custom;
  private final boolean ignoreKeys;

  /**
   * @param custom null for none
   * @param ignoreKeys {@code partitioner.ignore.keys}
   */
  RecordPartitioner(Partitioner custom, boolean ignoreKeys) {
    this.custom = custom;
    this.ignoreKeys = ignoreKeys;
  }

  /** The number of the record's partition, {@link #ANY} if it may go anywhere. */
  int partition(
      ProducerRecord<?, ?> record,
      byte[] key,
      byte[] value,
      TopicView view,
      ProducerMetadata metadata) {
    if (record.partition() != null) {
      return record.partition();
    }
    if (custom != null) {
      int chosen =
          custom.partition(
              record.topic(), record.key(), key, record.value(), value, metadata.cluster());
      if (chosen < 0) {
        throw new IllegalArgumentException(
            "The partitioner generated an invalid partition number: "
                + chosen
                + ". Partition number should always be non-negative.");
      }
      return chosen;
    }
    return key == null || ignoreKeys ? ANY : forKey(key, view.partitionCount());
  }

  static int forKey(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  /** The partition of that number, or the one to stay with for {@link #ANY}. */
  static Partition resolve(int number, TopicView topic, int bytes, long nowMs) {
    if (number == ANY) {
      return topic.sticky().next(topic, bytes, nowMs);
    }
    return number < topic.partitionCount()
        ? topic.partition(number)
        : new Partition(new TopicPartition(topic.name(), number));
  }
}
