package io.github.rdkafka.internal.consumer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RecordDeserializationException.DeserializationExceptionOrigin;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Turns buffered records into the user's, and moves the positions behind them. */
public final class RecordCollector<K, V> {
  private final Assignment assignment;
  private final RecordDeserializer<K> keys;
  private final RecordDeserializer<V> values;
  private final int maxRecords;

  RecordCollector(
      Assignment assignment,
      RecordDeserializer<K> keys,
      RecordDeserializer<V> values,
      int maxRecords) {
    this.assignment = assignment;
    this.keys = keys;
    this.values = values;
    this.maxRecords = maxRecords;
  }

  /**
   * At most {@code max.poll.records} records, and the positions behind them and behind what is no
   * record.
   *
   * @throws RecordDeserializationException when the very first one cannot be read; otherwise those
   *     before the bad one are returned first
   */
  public ConsumerRecords<K, V> collect() {
    Map<TopicPartition, List<ConsumerRecord<K, V>>> records = new LinkedHashMap<>();
    Map<TopicPartition, OffsetAndMetadata> nextOffsets = new HashMap<>();
    int left = maxRecords;
    PartitionState state;
    while (left > 0 && (state = assignment.nextReady()) != null) {
      List<ConsumerRecord<K, V>> taken = new ArrayList<>(Math.min(left, state.fetched.size()));
      long bytes = state.fetched.bytes();
      boolean complete = false;
      try {
        take(state, left, taken);
        complete = true;
      } catch (RecordDeserializationException bad) {
        if (records.isEmpty() && taken.isEmpty()) {
          throw bad;
        }
      } finally {
        if (!state.fetched.isEmpty()) {
          assignment.readyFirst(state);
        } else {
          state.failIfReached();
        }
      }
      if (!taken.isEmpty()) {
        left -= taken.size();
        state.metrics.consumed(taken.size(), bytes - state.fetched.bytes(), state.position());
        records.put(state.partition, taken);
        nextOffsets.put(state.partition, state.committable());
      }
      if (!complete) {
        break;
      }
    }
    for (PartitionState moved : assignment.takeMoved()) {
      if (moved.isResolved()) {
        nextOffsets.put(moved.partition, moved.committable());
      }
    }
    return nextOffsets.isEmpty()
        ? ConsumerRecords.empty()
        : new ConsumerRecords<>(records, nextOffsets);
  }

  private void take(PartitionState state, int max, List<ConsumerRecord<K, V>> taken) {
    FetchedRecords fetched = state.fetched;
    for (int count = Math.min(max, fetched.size()); count > 0; count--) {
      ConsumerRecord<K, V> record = deserialize(state.partition, fetched);
      taken.add(record);
      state.advance(record.offset() + 1, record.leaderEpoch());
      fetched.removeHead();
    }
  }

  private ConsumerRecord<K, V> deserialize(TopicPartition partition, FetchedRecords fetched) {
    byte[] key = fetched.key();
    byte[] value = fetched.value();
    RecordHeaders headers = fetched.headers();
    K userKey;
    V userValue;
    try {
      userKey = key == null ? null : keys.deserialize(partition.topic(), headers, key);
    } catch (RuntimeException failure) {
      throw unreadable(DeserializationExceptionOrigin.KEY, partition, fetched, headers, failure);
    }
    try {
      userValue = value == null ? null : values.deserialize(partition.topic(), headers, value);
    } catch (RuntimeException failure) {
      throw unreadable(DeserializationExceptionOrigin.VALUE, partition, fetched, headers, failure);
    }
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        fetched.offset(),
        fetched.timestamp(),
        fetched.timestampType(),
        key == null ? ConsumerRecord.NULL_SIZE : key.length,
        value == null ? ConsumerRecord.NULL_SIZE : value.length,
        userKey,
        userValue,
        headers,
        fetched.leaderEpoch());
  }

  private static RecordDeserializationException unreadable(
      DeserializationExceptionOrigin origin,
      TopicPartition partition,
      FetchedRecords fetched,
      RecordHeaders headers,
      RuntimeException failure) {
    return new RecordDeserializationException(
        origin,
        partition,
        fetched.offset(),
        fetched.timestamp(),
        fetched.timestampType(),
        buffer(fetched.key()),
        buffer(fetched.value()),
        headers,
        "Error deserializing "
            + origin.name()
            + " for partition "
            + partition
            + " at offset "
            + fetched.offset()
            + ". If needed, please seek past the record to continue consumption.",
        failure);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
