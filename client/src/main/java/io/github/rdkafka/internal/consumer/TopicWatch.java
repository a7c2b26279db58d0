package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.Deadline;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the topics that are subscribed to, or assigned, until all of them are there, as Kafka's
 * consumer does. Left to itself librdkafka would not have the broker create them, and would find
 * one that came into being later only when {@code metadata.max.age.ms} is over.
 */
final class TopicWatch {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

  private final ConsumerMetadata metadata;
  private final ConsumerSettings settings;
  private final Subscription subscription;
  private final Assignment assignment;
  private final Set<String> present = new HashSet<>();
  private final Set<String> missed = new HashSet<>();
  private CompletableFuture<Map<String, Integer>> answer;
  private Deadline next = Deadline.afterMillis(0);
  private long backoffMillis;
  private boolean complete = true;

  TopicWatch(
      ConsumerMetadata metadata,
      ConsumerSettings settings,
      Subscription subscription,
      Assignment assignment) {
    this.metadata = metadata;
    this.settings = settings;
    this.subscription = subscription;
    this.assignment = assignment;
  }

  /** The user wants other topics than before. */
  void changed() {
    complete = false;
    backoffMillis = settings.retryBackoffMs();
    next = Deadline.afterMillis(0);
  }

  /** One step, without waiting; throws Kafka's exception for topics that never will be there. */
  void advance() {
    if (complete) {
      return;
    }
    if (answer != null && answer.isDone()) {
      take();
    }
    if (answer == null && next.isExpired()) {
      ask();
    }
  }

  private void ask() {
    Set<String> absent = new LinkedHashSet<>(wanted());
    absent.removeAll(present);
    complete = absent.isEmpty();
    if (!complete) {
      answer = metadata.errorsAsync(absent);
    }
  }

  private void take() {
    CompletableFuture<Map<String, Integer>> done = answer;
    answer = null;
    next = Deadline.afterMillis(backoffMillis);
    backoffMillis = Math.min(2 * backoffMillis, settings.retryBackoffMaxMs());
    boolean appeared = false;
    Set<String> invalid = new HashSet<>();
    if (!done.isCompletedExceptionally()) {
      for (Map.Entry<String, Integer> topic : done.join().entrySet()) {
        if (topic.getValue() == 0) {
          appeared |= present.add(topic.getKey()) && missed.remove(topic.getKey());
        } else if (topic.getValue() == RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION()) {
          invalid.add(topic.getKey());
        } else {
          missed.add(topic.getKey());
        }
      }
    }
    if (appeared && subscription.isGroup()) {
      LOG.debug("[clientId={}] Topics have appeared: {}", settings.clientId(), present);
      // only an answer that names all topics makes librdkafka compare its subscription with it
      metadata.allTopicsAsync();
    }
    invalid.retainAll(wanted());
    if (!invalid.isEmpty()) {
      throw new InvalidTopicException(invalid);
    }
  }

  private Set<String> wanted() {
    return subscription.isPartitions()
        ? assignment.states().stream()
            .filter(state -> !state.isResolved())
            .map(state -> state.partition.topic())
            .collect(Collectors.toSet())
        : subscription.pattern() != null ? Set.of() : subscription.topics();
  }
}
