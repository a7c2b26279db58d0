package io.github.rdkafka.perf;

import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/** How long the group took to give out partitions, the first time from the subscription on. */
final class RebalanceClock implements ConsumerRebalanceListener {
  private long begin = System.nanoTime();
  private long total;
  private long sinceAsked;

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    begin = System.nanoTime();
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    long took = System.nanoTime() - begin;
    total += took;
    sinceAsked += took;
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
