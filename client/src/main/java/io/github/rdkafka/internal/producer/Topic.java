package io.github.rdkafka.internal.producer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.metadata.MetadataSnapshot;
import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.LiveObjects;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** A topic that the producer has been asked for, and owner of its {@code rd_kafka_topic_t}. */
final class Topic implements AutoCloseable {
  final String name;
  private final StickyPartitioner sticky;

  /** Whether somebody is asking the cluster about this topic. */
  final AtomicBoolean fetching = new AtomicBoolean();

  private final MemorySegment handle;

  /** Senders that wait to know it; guarded by the metadata's lock. */
  int waiters;

  private RuntimeException failure;
  private long failures;
  private volatile TopicView view;
  private volatile long staleAtMs;

  /** Makes the handle; the caller is inside the gate. */
  Topic(MemorySegment client, String name, StickyPartitioner sticky) {
    this.name = name;
    this.sticky = sticky;
    try (Arena arena = Arena.ofConfined()) {
      handle = rd_kafka_topic_new(client, arena.allocateFrom(name), MemorySegment.NULL);
    }
    if (handle.address() == 0) {
      throw new KafkaException("librdkafka refused the topic " + name);
    }
    LiveObjects.created();
  }

  MemorySegment handle() {
    return handle;
  }

  /** Null until the cluster has answered. */
  TopicView view() {
    return view;
  }

  /** 0 until the cluster has answered. */
  int partitionCount() {
    TopicView known = view;
    return known == null ? 0 : known.partitionCount();
  }

  /** Takes the cluster's answer in. */
  void answered(MetadataSnapshot snapshot, long nextStaleAtMs) {
    for (MetadataSnapshot.Topic answer : snapshot.topics()) {
      if (answer.name().equals(name)) {
        staleAtMs = nextStaleAtMs;
        if (answer.error() == 0) {
          failure = null;
          view = TopicView.of(name, handle.address(), sticky, answer.partitions(), view);
        } else {
          failed(answer.error());
        }
      }
    }
  }

  private void failed(int error) {
    failure = exception(error);
    failures++;
    staleAtMs = 0;
    if (error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART()) {
      view = null;
    }
  }

  private RuntimeException exception(int error) {
    if (error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED()) {
      return new TopicAuthorizationException(Set.of(name));
    }
    if (error == RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION()) {
      return new InvalidTopicException(Set.of(name));
    }
    return KafkaErrors.exception(error, null);
  }

  /** Why the cluster's last answer was an error; null if it was none. Under the metadata's lock. */
  RuntimeException failure() {
    return failure;
  }

  /** Whether asking again is of no use. Under the metadata's lock. */
  boolean isRefused() {
    return failure instanceof InvalidTopicException
        || failure instanceof TopicAuthorizationException;
  }

  /** How many answers were errors. Under the metadata's lock. */
  long failures() {
    return failures;
  }

  void staleAt(long millis) {
    staleAtMs = millis;
  }

  boolean isStale(long nowMs) {
    return nowMs >= staleAtMs;
  }

  @Override
  public void close() {
    rd_kafka_topic_destroy(handle);
    LiveObjects.destroyed();
  }
}
