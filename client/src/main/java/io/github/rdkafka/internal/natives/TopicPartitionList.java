package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.bindings.librdkafka.rd_kafka_topic_partition_list_t;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_topic_partition_t;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Owner of an {@code rd_kafka_topic_partition_list_t}. */
public final class TopicPartitionList implements AutoCloseable {
  /**
   * One element.
   *
   * @param error librdkafka's error code, 0 for none
   * @param metadata null for none
   */
  public record Element(
      TopicPartition partition,
      long offset,
      Optional<Integer> leaderEpoch,
      String metadata,
      int error) {}

  private final MemorySegment list;

  private TopicPartitionList(MemorySegment list) {
    this.list = list;
    LiveObjects.created();
  }

  public static TopicPartitionList ofPartitions(Collection<TopicPartition> partitions) {
    return build(partitions.size(), list -> partitions.forEach(list::add));
  }

  public static TopicPartitionList ofTopics(Collection<String> topics) {
    return build(
        topics.size(),
        list -> topics.forEach(t -> list.add(new TopicPartition(t, RD_KAFKA_PARTITION_UA()))));
  }

  public static TopicPartitionList ofOffsets(Map<TopicPartition, OffsetAndMetadata> offsets) {
    return of(offsets, Map.of());
  }

  /** Offsets as librdkafka takes them, its logical ones included. */
  public static TopicPartitionList ofRawOffsets(Map<TopicPartition, Long> offsets) {
    return of(Map.of(), offsets);
  }

  /** The elements of {@link #ofOffsets} and of {@link #ofRawOffsets} in one list. */
  public static TopicPartitionList of(
      Map<TopicPartition, OffsetAndMetadata> offsets, Map<TopicPartition, Long> rawOffsets) {
    return build(
        offsets.size() + rawOffsets.size(),
        list -> {
          offsets.forEach(list::add);
          rawOffsets.forEach(
              (partition, offset) ->
                  rd_kafka_topic_partition_t.offset(list.add(partition), offset));
        });
  }

  public MemorySegment segment() {
    return list;
  }

  public List<Element> elements() {
    return read(list);
  }

  /** The elements of a list that somebody else owns; empty for the null pointer. */
  public static List<Element> read(MemorySegment list) {
    if (list.address() == 0) {
      return List.of();
    }
    MemorySegment header = list.reinterpret(rd_kafka_topic_partition_list_t.sizeof());
    int count = rd_kafka_topic_partition_list_t.cnt(header);
    long size = rd_kafka_topic_partition_t.sizeof();
    MemorySegment elements =
        rd_kafka_topic_partition_list_t.elems(header).reinterpret(count * size);
    List<Element> result = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      result.add(readElement(elements.asSlice(i * size, size)));
    }
    return result;
  }

  @Override
  public void close() {
    rd_kafka_topic_partition_list_destroy(list);
    LiveObjects.destroyed();
  }

  private interface Filler {
    void fill(TopicPartitionList list);
  }

  private static TopicPartitionList build(int size, Filler filler) {
    TopicPartitionList list = new TopicPartitionList(rd_kafka_topic_partition_list_new(size));
    try {
      filler.fill(list);
      return list;
    } catch (Throwable failure) {
      list.close();
      throw failure;
    }
  }

  private MemorySegment add(TopicPartition partition) {
    try (Arena arena = Arena.ofConfined()) {
      return rd_kafka_topic_partition_list_add(
              list, arena.allocateFrom(partition.topic()), partition.partition())
          .reinterpret(rd_kafka_topic_partition_t.sizeof());
    }
  }

  private void add(TopicPartition partition, OffsetAndMetadata offset) {
    MemorySegment element = add(partition);
    rd_kafka_topic_partition_t.offset(element, offset.offset());
    offset
        .leaderEpoch()
        .ifPresent(epoch -> rd_kafka_topic_partition_set_leader_epoch(element, epoch));
    if (!offset.metadata().isEmpty()) {
      byte[] bytes = offset.metadata().getBytes(StandardCharsets.UTF_8);
      MemorySegment copy = rd_kafka_mem_malloc(MemorySegment.NULL, bytes.length);
      MemorySegment.copy(
          bytes, 0, copy.reinterpret(bytes.length), ValueLayout.JAVA_BYTE, 0, bytes.length);
      rd_kafka_topic_partition_t.metadata(element, copy);
      rd_kafka_topic_partition_t.metadata_size(element, bytes.length);
    }
  }

  /** Reads one {@code rd_kafka_topic_partition_t}. */
  public static Element readElement(MemorySegment partition) {
    MemorySegment element = partition.reinterpret(rd_kafka_topic_partition_t.sizeof());
    int epoch = rd_kafka_topic_partition_get_leader_epoch(element);
    MemorySegment metadata = rd_kafka_topic_partition_t.metadata(element);
    return new Element(
        new TopicPartition(
            Memory.string(rd_kafka_topic_partition_t.topic(element)),
            rd_kafka_topic_partition_t.partition(element)),
        rd_kafka_topic_partition_t.offset(element),
        epoch < 0 ? Optional.empty() : Optional.of(epoch),
        Memory.string(metadata.address(), rd_kafka_topic_partition_t.metadata_size(element)),
        rd_kafka_topic_partition_t.err(element));
  }
}
