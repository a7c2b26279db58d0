package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.metrics.ConsumerMetrics;
import io.github.rdkafka.internal.natives.AsyncCalls;
import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.LiveObjects;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.TopicPartitionList;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends commits, without waiting: as a member of the group, or for a consumer that assigns its
 * partitions itself. For the latter librdkafka's commit would do as well, but while it knows no
 * coordinator it keeps commits back, and keeps the client from being destroyed with them.
 */
final class CommitRequests {
  private final NativeClient client;
  private final AsyncCalls calls;
  private final Subscription subscription;
  private final ConsumerSettings settings;
  private final ConsumerMetrics metrics;

  CommitRequests(
      NativeClient client,
      AsyncCalls calls,
      Subscription subscription,
      ConsumerSettings settings,
      ConsumerMetrics metrics) {
    this.client = client;
    this.calls = calls;
    this.subscription = subscription;
    this.settings = settings;
    this.metrics = metrics;
  }

  /**
   * Sends one commit.
   *
   * @param timeoutMillis how long to look for the coordinator and wait for its answer, as far as
   *     librdkafka lets that be said
   * @return the commit's error code, or its first partition's; 0 for none
   */
  CompletableFuture<Integer> send(
      Map<TopicPartition, OffsetAndMetadata> offsets, int timeoutMillis) {
    long begun = System.nanoTime();
    CompletableFuture<Integer> result =
        subscription.isGroup() ? asMember(offsets) : alone(offsets, timeoutMillis);
    return result.whenComplete(
        (error, failure) -> {
          if (failure == null) {
            metrics.commitAnswered(System.nanoTime() - begun);
          }
        });
  }

  private CompletableFuture<Integer> asMember(Map<TopicPartition, OffsetAndMetadata> offsets) {
    return calls.start(
        CommitRequests::readCommit,
        opaque -> {
          try (TopicPartitionList list = TopicPartitionList.ofOffsets(offsets)) {
            KafkaErrors.check(
                rd_kafka_commit_queue(
                    client.segment(),
                    list.segment(),
                    client.mainQueue().segment(),
                    MemorySegment.NULL,
                    opaque));
          }
        });
  }

  private CompletableFuture<Integer> alone(
      Map<TopicPartition, OffsetAndMetadata> offsets, int timeoutMillis) {
    return calls.start(
        CommitRequests::readAlteration,
        opaque -> {
          try (Arena arena = Arena.ofConfined();
              TopicPartitionList list = TopicPartitionList.ofOffsets(offsets);
              AdminOptions options =
                  new AdminOptions(
                      client,
                      RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS(),
                      opaque,
                      timeoutMillis)) {
            MemorySegment request =
                rd_kafka_AlterConsumerGroupOffsets_new(
                    arena.allocateFrom(settings.groupId().orElseThrow()), list.segment());
            LiveObjects.created();
            try {
              rd_kafka_AlterConsumerGroupOffsets(
                  client.segment(),
                  arena.allocateFrom(ValueLayout.ADDRESS, request),
                  1,
                  options.segment(),
                  client.mainQueue().segment());
            } finally {
              rd_kafka_AlterConsumerGroupOffsets_destroy(request);
              LiveObjects.destroyed();
            }
          }
        });
  }

  private static Integer readCommit(MemorySegment event) {
    return errorOf(
        rd_kafka_event_error(event),
        TopicPartitionList.read(rd_kafka_event_topic_partition_list(event)));
  }

  private static Integer readAlteration(MemorySegment event) {
    int error = rd_kafka_event_error(event);
    if (error != 0) {
      return error;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment groups =
          rd_kafka_AlterConsumerGroupOffsets_result_groups(
              rd_kafka_event_AlterConsumerGroupOffsets_result(event),
              arena.allocate(ValueLayout.JAVA_LONG));
      MemorySegment group =
          groups.reinterpret(ValueLayout.ADDRESS.byteSize()).get(ValueLayout.ADDRESS, 0);
      MemorySegment groupError = rd_kafka_group_result_error(group);
      return errorOf(
          groupError.address() == 0 ? 0 : rd_kafka_error_code(groupError),
          TopicPartitionList.read(rd_kafka_group_result_partitions(group)));
    }
  }

  private static Integer errorOf(int error, List<TopicPartitionList.Element> elements) {
    int first = error;
    for (TopicPartitionList.Element element : elements) {
      if (first == 0) {
        first = element.error();
      }
    }
    return first == RD_KAFKA_RESP_ERR__NO_OFFSET() ? 0 : first;
  }
}
