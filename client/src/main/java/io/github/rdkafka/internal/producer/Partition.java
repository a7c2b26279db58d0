package io.github.rdkafka.internal.producer;

import io.github.rdkafka.internal.metrics.TopicMetrics;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/** One partition as this producer sees it: what it is called and how much of ours it has to do. */
final class Partition {
  final TopicPartition id;

  /** Of its topic; the event loop's, which also makes them. */
  TopicMetrics metrics;

  private final AtomicLong outstandingBytes = new AtomicLong();
  private volatile long lastProgressMs;

  Partition(TopicPartition id) {
    this.id = id;
  }

  int number() {
    return id.partition();
  }

  /** Bytes on their way to this partition: queued or sent, not yet acknowledged. */
  long outstandingBytes() {
    return outstandingBytes.get();
  }

  void sent(long bytes, long nowMs) {
    if (outstandingBytes.getAndAdd(bytes) == 0) {
      lastProgressMs = nowMs;
    }
  }

  void done(long bytes, long nowMs) {
    outstandingBytes.getAndAdd(-bytes);
    lastProgressMs = nowMs;
  }

  /** Whether records wait and none has come through for longer than {@code millis}. */
  boolean isStalled(long nowMs, long millis) {
    return outstandingBytes.get() > 0 && nowMs - lastProgressMs > millis;
  }
}
