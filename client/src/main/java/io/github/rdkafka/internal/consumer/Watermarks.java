package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.metrics.ConsumerMetrics;
import io.github.rdkafka.internal.natives.NativeClient;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.apache.kafka.common.TopicPartition;

/** The first offset and the end of partitions, as librdkafka remembers them of the last fetch. */
final class Watermarks implements ConsumerMetrics.Ends {
  private static final long UNKNOWN = -1;

  private final NativeClient client;

  Watermarks(NativeClient client) {
    this.client = client;
  }

  @Override
  public long low(TopicPartition partition) {
    return read(partition, true);
  }

  @Override
  public long high(TopicPartition partition) {
    return read(partition, false);
  }

  private long read(TopicPartition partition, boolean wantsLow) {
    if (!client.enter()) {
      return UNKNOWN;
    }
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
      return error == 0 ? (wantsLow ? low : high).get(ValueLayout.JAVA_LONG, 0) : UNKNOWN;
    } finally {
      client.exit();
    }
  }
}
