package io.github.rdkafka.it.consumer;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A member of a group on a thread of its own. It checks what Kafka promises to one member: the
 * records of a partition come in order, none of a partition that was taken away, none twice while
 * the partition stays.
 */
final class GroupMember implements AutoCloseable {
  private final Consumer<String, String> consumer;
  private final Queue<ConsumerRecord<String, String>> received;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile int assigned;
  private volatile Throwable failure;

  GroupMember(
      Consumer<String, String> consumer,
      Collection<String> topics,
      Queue<ConsumerRecord<String, String>> received) {
    this.consumer = consumer;
    this.received = received;
    this.thread = Thread.ofPlatform().name("member").unstarted(() -> run(topics));
    thread.start();
  }

  static Queue<ConsumerRecord<String, String>> inbox() {
    return new ConcurrentLinkedQueue<>();
  }

  int assigned() {
    return assigned;
  }

  /** Leaves the group; throws what went wrong. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(Duration.ofSeconds(60));
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
    if (thread.isAlive()) {
      AssertionError stuck = new AssertionError("the member does not end");
      stuck.setStackTrace(thread.getStackTrace());
      throw stuck;
    }
    if (failure != null) {
      throw new AssertionError(failure);
    }
  }

  private void run(Collection<String> topics) {
    try (consumer) {
      consumer.subscribe(
          topics,
          new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
              partitions.forEach(next::remove);
              assigned = next.size();
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
              partitions.forEach(partition -> next.put(partition, -1L));
              assigned = next.size();
            }
          });
      while (!stopping) {
        consumer.poll(Duration.ofMillis(50)).forEach(this::accept);
      }
    } catch (Throwable thrown) {
      failure = thrown;
    }
  }

  private void accept(ConsumerRecord<String, String> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    Long expected = next.get(partition);
    if (expected == null) {
      throw new AssertionError("a record of a partition that is not ours: " + record);
    }
    if (expected >= 0 && record.offset() != expected) {
      throw new AssertionError("expected offset " + expected + ": " + record);
    }
    next.put(partition, record.offset() + 1);
    received.add(record);
  }
}
