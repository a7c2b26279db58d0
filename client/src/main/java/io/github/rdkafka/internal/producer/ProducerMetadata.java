package io.github.rdkafka.internal.producer;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.metadata.MetadataSnapshot;
import io.github.rdkafka.internal.natives.NativeClient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The topics that records were sent to, and what is known about their partitions. Helper threads
 * ask the cluster; senders only wait, and can be interrupted and released at any time.
 */
final class ProducerMetadata {
  /**
   * @param maxAgeMs {@code metadata.max.age.ms}
   * @param retryBackoffMs {@code retry.backoff.ms}
   */
  record Settings(long maxAgeMs, long retryBackoffMs) {}

  private static final int MOST_INVALID_TOPICS = 1000;

  private final NativeClient client;
  private final Executor helpers;
  private final Settings settings;
  private final Supplier<StickyPartitioner> partitioners;
  private final ClusterView clusterView;
  private final IntConsumer partitionCount;

  private final Map<String, Topic> topics = new ConcurrentHashMap<>();
  private final Set<String> invalidTopics = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private RuntimeException connectionFailure;
  private long connectionFailures;
  private boolean closed;

  private volatile long updatedMs;

  /**
   * @param partitionCount told of the number of partitions of all topics when it may have changed
   */
  ProducerMetadata(
      NativeClient client,
      Executor helpers,
      Settings settings,
      Supplier<StickyPartitioner> partitioners,
      ClusterView clusterView,
      IntConsumer partitionCount) {
    this.client = client;
    this.helpers = helpers;
    this.settings = settings;
    this.partitioners = partitioners;
    this.clusterView = clusterView;
    this.partitionCount = partitionCount;
  }

  /** All topics known at present, as partitioners want them. */
  Cluster cluster() {
    return clusterView.cluster(topics.values());
  }

  /**
   * The topic if it is known, with that partition.
   *
   * @param partition null for any
   * @return null when {@link #await} has to be asked
   */
  TopicView ready(String name, Integer partition, long nowMs) {
    Topic topic = topics.get(name);
    TopicView view = topic == null ? null : topic.view();
    if (!has(view, partition)) {
      return null;
    }
    if (topic.isStale(nowMs)) {
      refresh(topic, nowMs);
    }
    return view;
  }

  private static boolean has(TopicView view, Integer partition) {
    return view != null && (partition == null || partition < view.partitionCount());
  }

  /** In the background; the old view serves until the new one is there. */
  private void refresh(Topic topic, long nowMs) {
    topic.staleAt(nowMs + settings.retryBackoffMs());
    startFetch(topic);
  }

  /**
   * Waits until the topic is known, with that partition.
   *
   * @param partition null for any
   * @throws TimeoutException after {@code maxWaitMs}
   * @throws KafkaException when the producer is closed meanwhile
   */
  TopicView await(String name, Integer partition, long maxWaitMs) throws InterruptedException {
    if (!org.apache.kafka.common.internals.Topic.isValid(name)) {
      throw invalid(name);
    }
    Deadline deadline = Deadline.afterMillis(maxWaitMs);
    lock.lockInterruptibly();
    try {
      Topic topic = topic(name);
      long failuresBefore = topic.failures();
      long connectionFailuresBefore = connectionFailures;
      topic.waiters++;
      try {
        TopicView view = topic.view();
        while (!has(view, partition)) {
          if (closed) {
            throw closedException();
          }
          if (connectionFailures > connectionFailuresBefore) {
            throw connectionFailure;
          }
          if (topic.failures() > failuresBefore && topic.isRefused()) {
            throw topic.failure();
          }
          // also for those who cannot wait: their next send finds the answer
          startFetch(topic);
          if (deadline.isExpired()) {
            throw timeout(topic, partition, maxWaitMs);
          }
          changed.awaitNanos(deadline.remainingNanos());
          view = topic.view();
        }
        return view;
      } finally {
        topic.waiters--;
      }
    } finally {
      lock.unlock();
    }
  }

  /** In the words that Kafka has for the first time and for all later ones. */
  private InvalidTopicException invalid(String name) {
    boolean known = invalidTopics.contains(name);
    if (!known && invalidTopics.size() < MOST_INVALID_TOPICS) {
      invalidTopics.add(name);
    }
    return known ? new InvalidTopicException(name) : new InvalidTopicException(Set.of(name));
  }

  private Topic topic(String name) {
    Topic topic = topics.get(name);
    if (topic == null) {
      if (!client.enter()) {
        throw closedException();
      }
      try {
        topic = client.own(new Topic(client.segment(), name, partitioners.get()));
        topics.put(name, topic);
      } finally {
        client.exit();
      }
    }
    return topic;
  }

  private static TimeoutException timeout(Topic topic, Integer partition, long maxWaitMs) {
    TopicView view = topic.view();
    String message =
        view == null
            ? String.format("Topic %s not present in metadata after %d ms.", topic.name, maxWaitMs)
            : String.format(
                "Partition %d of topic %s with partition count %d is not present in metadata after"
                    + " %d ms.",
                partition, topic.name, view.partitionCount(), maxWaitMs);
    RuntimeException cause = topic.failure();
    return cause == null ? new TimeoutException(message) : new TimeoutException(message, cause);
  }

  private static KafkaException closedException() {
    return new KafkaException("Requested metadata update after close");
  }

  private void startFetch(Topic topic) {
    if (topic.fetching.compareAndSet(false, true)) {
      helpers.execute(
          new MetadataFetch(client, this, clusterView, topic, settings.retryBackoffMs()));
    }
  }

  /** When the cluster last answered, in milliseconds since the epoch; 0 for never. */
  long updatedMs() {
    return updatedMs;
  }

  /** The cluster's answer about a topic. */
  void answered(Topic topic, MetadataSnapshot snapshot) {
    lock.lock();
    try {
      updatedMs = System.currentTimeMillis();
      topic.answered(snapshot, updatedMs + settings.maxAgeMs());
      partitionCount.accept(topics.values().stream().mapToInt(Topic::partitionCount).sum());
      clusterView.invalidate();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends a fetch, unless senders still wait for the topic. */
  boolean endFetch(Topic topic) {
    lock.lock();
    try {
      if (topic.waiters > 0 && !closed) {
        return false;
      }
      topic.fetching.set(false);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Lets some time pass between two questions. */
  void pause(long millis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (nanos > 0 && !closed) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Fails those who wait: the brokers refuse us, more patience would not help. */
  void connectionFailed(RuntimeException failure) {
    lock.lock();
    try {
      connectionFailure = failure;
      connectionFailures++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A broker did not know the partition: what we know of the topic may be old. */
  void expire(String name) {
    Topic topic = topics.get(name);
    if (topic != null) {
      topic.staleAt(0);
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
