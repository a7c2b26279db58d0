package io.github.rdkafka.internal.consumer;

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
  private final Watermarks watermarks;
  private final OffsetLookups lookups;
  private final int timeoutMillis;
  private final boolean readCommitted;
  private final Map<TopicPartition, CompletableFuture<List<OffsetLookups.Found>>> asked =
      new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  Lags(Watermarks watermarks, OffsetLookups lookups, ConsumerSettings settings) {
    this.watermarks = watermarks;
    this.lookups = lookups;
    this.timeoutMillis = settings.requestTimeoutMs();
    this.readCommitted = settings.readCommitted();
  }

  OptionalLong lag(PartitionState state) {
    if (!state.isResolved()) {
      return OptionalLong.empty();
    }
    long end = readCommitted ? -1 : watermarks.high(state.partition);
    if (end < 0) {
      takeAnswer(state.partition);
      ask(state.partition);
      end = ends.getOrDefault(state.partition, -1L);
    }
    return end < 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, end - state.position()));
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
