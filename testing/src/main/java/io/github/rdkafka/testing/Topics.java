package io.github.rdkafka.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics, and waits until they can be used. */
final class Topics {

  private static final int POLL_MS = 10;

  private final Admin admin;
  private final long deadline;

  Topics(Admin admin, Duration timeout) {
    this.admin = admin;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  void create(NewTopic topic) throws TimeoutException {
    get(admin.createTopics(List.of(topic)).all());
    while (!hasLeaders(topic.name(), topic.numPartitions())) {
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException e) {
        throw KafkaClusterException.interrupted(e);
      }
    }
    awaitAnswerOfLeaders(topic);
  }

  /**
   * A broker is named leader a moment before it is one. If an idempotent producer's first batch
   * comes in that moment, it is rejected while the next one may be accepted, and then the first is
   * out of order for ever.
   */
  private void awaitAnswerOfLeaders(NewTopic topic) throws TimeoutException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < topic.numPartitions(); partition++) {
      ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
    }
    get(admin.listOffsets(ends).all());
  }

  private boolean hasLeaders(String topic, int partitions) throws TimeoutException {
    try {
      TopicDescription description =
          get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
      return description.partitions().size() == partitions
          && description.partitions().stream().allMatch(Topics::hasLeader);
    } catch (UnknownTopicOrPartitionException e) {
      // created, but the broker that was asked has not heard of it
      return false;
    }
  }

  private static boolean hasLeader(TopicPartitionInfo partition) {
    return partition.leader() != null && !partition.leader().isEmpty();
  }

  private <T> T get(KafkaFuture<T> answer) throws TimeoutException {
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw KafkaClusterException.interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new KafkaClusterException("the request failed", e.getCause());
    }
  }
}
