package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.AsyncCalls;
import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.LiveObjects;
import io.github.rdkafka.internal.natives.Memory;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.TopicPartitionList;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers for committed offsets and for offsets by time, without blocking. */
final class OffsetLookups {
  static final long EARLIEST = RD_KAFKA_OFFSET_SPEC_EARLIEST();
  static final long LATEST = RD_KAFKA_OFFSET_SPEC_LATEST();

  /**
   * What ListOffsets found.
   *
   * @param timestamp milliseconds, -1 where the query was not a timestamp
   */
  record Found(TopicPartitionList.Element element, long timestamp) {}

  private final NativeClient client;
  private final AsyncCalls calls;
  private final String groupId;
  private final boolean readCommitted;

  OffsetLookups(NativeClient client, AsyncCalls calls, ConsumerSettings settings) {
    this.client = client;
    this.calls = calls;
    this.groupId = settings.groupId().orElse(null);
    this.readCommitted = settings.readCommitted();
  }

  /** The group's committed offsets; a partition without one has a negative offset. */
  CompletableFuture<List<TopicPartitionList.Element>> committed(
      Collection<TopicPartition> partitions, int timeoutMillis) {
    return calls.start(
        OffsetLookups::readCommitted,
        opaque -> {
          try (Arena arena = Arena.ofConfined();
              TopicPartitionList list = TopicPartitionList.ofPartitions(partitions);
              AdminOptions options =
                  new AdminOptions(
                      client,
                      RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS(),
                      opaque,
                      timeoutMillis)) {
            // as Kafka's consumer asks, whatever its isolation level
            AdminOptions.check(
                rd_kafka_AdminOptions_set_require_stable_offsets(options.segment(), 1));
            MemorySegment request =
                rd_kafka_ListConsumerGroupOffsets_new(arena.allocateFrom(groupId), list.segment());
            LiveObjects.created();
            try {
              rd_kafka_ListConsumerGroupOffsets(
                  client.segment(),
                  arena.allocateFrom(ValueLayout.ADDRESS, request),
                  1,
                  options.segment(),
                  client.mainQueue().segment());
            } finally {
              rd_kafka_ListConsumerGroupOffsets_destroy(request);
              LiveObjects.destroyed();
            }
          }
        });
  }

  /** Offsets by {@link #EARLIEST}, {@link #LATEST} or a timestamp in milliseconds. */
  CompletableFuture<List<Found>> byQuery(Map<TopicPartition, Long> queries, int timeoutMillis) {
    return calls.start(
        OffsetLookups::readOffsets,
        opaque -> {
          try (TopicPartitionList list = TopicPartitionList.ofRawOffsets(queries);
              AdminOptions options =
                  new AdminOptions(
                      client, RD_KAFKA_ADMIN_OP_LISTOFFSETS(), opaque, timeoutMillis)) {
            AdminOptions.check(
                rd_kafka_AdminOptions_set_isolation_level(
                    options.segment(),
                    readCommitted
                        ? RD_KAFKA_ISOLATION_LEVEL_READ_COMMITTED()
                        : RD_KAFKA_ISOLATION_LEVEL_READ_UNCOMMITTED()));
            rd_kafka_ListOffsets(
                client.segment(), list.segment(), options.segment(), client.mainQueue().segment());
          }
        });
  }

  private static List<TopicPartitionList.Element> readCommitted(MemorySegment event) {
    AdminOptions.checkEvent(event);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(ValueLayout.JAVA_LONG);
      MemorySegment groups =
          rd_kafka_ListConsumerGroupOffsets_result_groups(
              rd_kafka_event_ListConsumerGroupOffsets_result(event), count);
      MemorySegment group =
          groups.reinterpret(ValueLayout.ADDRESS.byteSize()).get(ValueLayout.ADDRESS, 0);
      MemorySegment error = rd_kafka_group_result_error(group);
      if (error.address() != 0) {
        throw KafkaErrors.exception(
            rd_kafka_error_code(error), Memory.string(rd_kafka_error_string(error)));
      }
      return TopicPartitionList.read(rd_kafka_group_result_partitions(group));
    }
  }

  private static List<Found> readOffsets(MemorySegment event) {
    AdminOptions.checkEvent(event);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(ValueLayout.JAVA_LONG);
      MemorySegment infos =
          rd_kafka_ListOffsets_result_infos(rd_kafka_event_ListOffsets_result(event), count);
      int size = (int) count.get(ValueLayout.JAVA_LONG, 0);
      List<Found> found = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        MemorySegment info = MemorySegment.ofAddress(Memory.address(infos.address() + i * 8L));
        found.add(
            new Found(
                TopicPartitionList.readElement(
                    rd_kafka_ListOffsetsResultInfo_topic_partition(info)),
                rd_kafka_ListOffsetsResultInfo_timestamp(info)));
      }
      return found;
    }
  }
}
