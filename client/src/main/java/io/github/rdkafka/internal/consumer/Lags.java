package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.NativeClient;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * How far partitions are behind their ends. librdkafka remembers the high watermark of the last
 * fetch; where that is not known, or the end is the last stable offset, a look-up in the background
 * finds it for the next call.
 */
final class Lags {
  private final NativeClient client;
  private final OffsetLookups lookups;
  private final int timeoutMillis;
  private final boolean readCommitted;
  private final Map<TopicPartition, CompletableFuture<List<OffsetLookups.Found>>> asked =
      new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  Lags(NativeClient client, OffsetLookups lookups, ConsumerSettings settings) {
    this.client = client;
    this.lookups = lookups;
    this.timeoutMillis = settings.requestTimeoutMs();
    this.readCommitted = settings.readCommitted();
  }

  OptionalLong lag(PartitionState state) {
    if (!state.isResolved()) {
      return OptionalLong.empty();
    }
    long end = readCommitted ? -1 : highWatermark(state.partition);
    if (end < 0) {
      takeAnswer(state.partition);
      ask(state.partition);
      end = ends.getOrDefault(state.partition, -1L);
    }
    return end < 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, end - state.position()));
  }

  private long highWatermark(TopicPartition partition) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment low = arena.allocate(ValueLayout.JAVA_LONG);
      MemorySegment high = arena.allocate(ValueLayout.JAVA_LONG);
      int error =
          rd_kafka_get_watermark_offsets(
              client.segment(),
              arena.allocateFrom(partition.topic()),
              partition.partition(),
              low,
              high);
      return error == 0 ? high.get(ValueLayout.JAVA_LONG, 0) : -1;
    }
  }

  private void ask(TopicPartition partition) {
    asked.computeIfAbsent(
        partition,
        absent -> lookups.byQuery(Map.of(partition, OffsetLookups.LATEST), timeoutMillis));
  }

  private void takeAnswer(TopicPartition partition) {
    CompletableFuture<List<OffsetLookups.Found>> answer = asked.get(partition);
    if (answer == null || !answer.isDone()) {
      return;
    }
    asked.remove(partition);
    if (!answer.isCompletedExceptionally()) {
      for (OffsetLookups.Found found : answer.join()) {
        if (found.element().error() == 0) {
          ends.put(partition, found.element().offset());
        }
      }
    }
  }
}
