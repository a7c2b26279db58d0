package io.github.rdkafka.perf;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * How long the consumer had no partition: from the subscription on, and whenever the group has
 * taken the last one away. A rebalance that leaves it some costs no time, as in Kafka's tool.
 */
final class RebalanceClock implements ConsumerRebalanceListener {
  private final LongSupplier nanoTime;
  private final Set<TopicPartition> assigned = new HashSet<>();
  private long begin;
  private long total;
  private long sinceAsked;

  RebalanceClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    assigned.removeAll(partitions);
    if (assigned.isEmpty()) {
      begin = nanoTime.getAsLong();
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    if (assigned.isEmpty()) {
      long took = nanoTime.getAsLong() - begin;
      total += took;
      sinceAsked += took;
    }
    assigned.addAll(partitions);
  }

  long totalMillis() {
    return total / 1_000_000;
  }

  long millisSinceAsked() {
    long millis = sinceAsked / 1_000_000;
    sinceAsked = 0;
    return millis;
  }
}
