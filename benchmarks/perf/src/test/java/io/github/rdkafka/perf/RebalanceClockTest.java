package io.github.rdkafka.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RebalanceClockTest {
  private static final TopicPartition FIRST = new TopicPartition("t", 0);
  private static final TopicPartition SECOND = new TopicPartition("t", 1);

  private final AtomicLong now = new AtomicLong();
  private final RebalanceClock clock = new RebalanceClock(now::get);

  @Test
  void onlyTheTimeWithoutAnyPartitionCounts() {
    after(100);
    clock.onPartitionsAssigned(List.of(FIRST));
    after(60_000);
    clock.onPartitionsAssigned(List.of(SECOND));
    assertEquals(100, clock.totalMillis());

    clock.onPartitionsRevoked(List.of(FIRST));
    after(1000);
    clock.onPartitionsAssigned(List.of(FIRST));
    assertEquals(100, clock.totalMillis());

    clock.onPartitionsRevoked(List.of(FIRST, SECOND));
    after(20);
    clock.onPartitionsAssigned(List.of(SECOND));
    assertEquals(120, clock.totalMillis());
    assertEquals(120, clock.millisSinceAsked());
    assertEquals(0, clock.millisSinceAsked());
  }

  private void after(long millis) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
