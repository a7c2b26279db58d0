package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.metadata.MetadataRequest;
import io.github.rdkafka.internal.metadata.MetadataSnapshot;
import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.LiveObjects;
import io.github.rdkafka.internal.natives.NativeClient;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * The cluster's topics. librdkafka's metadata call blocks and cannot be woken, so each runs on a
 * short-lived thread of its own while the caller waits in Java.
 */
public final class ConsumerMetadata {
  private static final int ATTEMPT_MILLIS = 1000;

  private final NativeClient client;
  private final Wakeup wakeup;
  private final Runnable wake;
  private final ConsumerSettings settings;

  ConsumerMetadata(NativeClient client, Wakeup wakeup, Runnable wake, ConsumerSettings settings) {
    this.client = client;
    this.wakeup = wakeup;
    this.wake = wake;
    this.settings = settings;
  }

  /** The partitions of a topic; empty when there is no such topic. */
  public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
    String timedOut = "Timeout expired while fetching topic metadata";
    Deadline deadline = Deadline.after(timeout);
    while (true) {
      MetadataSnapshot snapshot = ask(() -> topic(topic), deadline, timedOut);
      MetadataSnapshot.Topic found = snapshot.topics().get(0);
      if (found.error() == 0) {
        return found.partitions();
      }
      if (found.error() == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART()) {
        return List.of();
      }
      if (found.error() == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED()) {
        throw new TopicAuthorizationException(Set.of(topic));
      }
      if (found.error() == RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION()) {
        throw new InvalidTopicException("Topic '" + topic + "' is invalid");
      }
      RuntimeException failure = KafkaErrors.exception(found.error(), null);
      if (!KafkaErrors.mayPass(failure)) {
        throw failure;
      }
      pauseOrTimeOut(deadline, timedOut);
    }
  }

  /** All topics that can be read. */
  public Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
    MetadataSnapshot snapshot =
        ask(
            () -> MetadataRequest.allTopics(client.segment(), ATTEMPT_MILLIS),
            Deadline.after(timeout),
            "Timeout expired while fetching topic metadata");
    Map<String, List<PartitionInfo>> topics = new HashMap<>();
    for (MetadataSnapshot.Topic topic : snapshot.topics()) {
      if (topic.error() == 0) {
        topics.put(topic.name(), topic.partitions());
      }
    }
    return topics;
  }

  /** Asks for all topics without waiting; the consumer is woken when the answer is there. */
  CompletableFuture<MetadataRequest.Result> allTopicsAsync() {
    return start(() -> MetadataRequest.allTopics(client.segment(), ATTEMPT_MILLIS));
  }

  /**
   * Asks for topics one by one, which has the broker create what is missing where that is allowed;
   * the consumer is woken when the answers are there.
   *
   * @return each topic's error code, 0 for none; without those that no answer came for
   */
  CompletableFuture<Map<String, Integer>> errorsAsync(Set<String> topics) {
    return startUngated(
        () -> {
          Map<String, Integer> errors = new HashMap<>();
          for (String topic : topics) {
            if (!client.enter()) {
              break;
            }
            try {
              MetadataRequest.Result result = topic(topic);
              if (result.error() == RD_KAFKA_RESP_ERR__TRANSPORT()
                  || result.error() == RD_KAFKA_RESP_ERR__TIMED_OUT()) {
                break;
              }
              errors.put(
                  topic,
                  result.error() != 0 ? result.error() : result.snapshot().topics().get(0).error());
            } finally {
              client.exit();
            }
          }
          return errors;
        });
  }

  private MetadataSnapshot ask(
      Supplier<MetadataRequest.Result> request, Deadline deadline, String timedOut) {
    while (true) {
      CompletableFuture<MetadataRequest.Result> answer = start(request);
      if (!wakeup.await(answer, deadline)) {
        throw new TimeoutException(timedOut);
      }
      MetadataRequest.Result result = answer.join();
      if (result.error() == 0) {
        return result.snapshot();
      }
      RuntimeException failure = KafkaErrors.exception(result.error(), null);
      if (!KafkaErrors.mayPass(failure)) {
        throw failure;
      }
      pauseOrTimeOut(deadline, timedOut);
    }
  }

  private void pauseOrTimeOut(Deadline deadline, String timedOut) {
    if (deadline.isExpired()) {
      throw new TimeoutException(timedOut);
    }
    wakeup.pause(settings.retryBackoffMs(), deadline);
  }

  private MetadataRequest.Result topic(String topic) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle =
          rd_kafka_topic_new(client.segment(), arena.allocateFrom(topic), MemorySegment.NULL);
      if (handle.address() == 0) {
        return new MetadataRequest.Result(RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION(), null);
      }
      LiveObjects.created();
      try {
        return MetadataRequest.topic(client.segment(), handle, ATTEMPT_MILLIS);
      } finally {
        rd_kafka_topic_destroy(handle);
        LiveObjects.destroyed();
      }
    }
  }

  private CompletableFuture<MetadataRequest.Result> start(
      Supplier<MetadataRequest.Result> request) {
    return startUngated(
        () -> {
          client.enterOrThrow();
          try {
            return request.get();
          } finally {
            client.exit();
          }
        });
  }

  private <T> CompletableFuture<T> startUngated(Supplier<T> request) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("rdkafka-metadata | " + settings.clientId())
        .daemon(true)
        .start(
            () -> {
              try {
                answer.complete(request.get());
              } catch (Throwable failure) {
                answer.completeExceptionally(failure);
              }
              wake.run();
            });
    return answer;
  }
}
