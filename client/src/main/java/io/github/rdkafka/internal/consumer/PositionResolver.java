package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.TopicPartitionList.Element;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the positions of assigned partitions as Kafka's consumer does: the committed offset, else
 * what {@code auto.offset.reset} says. Look-ups run in the background; {@link #advance} takes what
 * they found and starts the next ones.
 */
final class PositionResolver {
  private static final Logger LOG = LoggerFactory.getLogger(PositionResolver.class);

  private final Assignment assignment;
  private final OffsetLookups lookups;
  private final ConsumerSettings settings;
  private CompletableFuture<List<Element>> committed;
  private CompletableFuture<List<OffsetLookups.Found>> resets;
  private Map<TopicPartition, PartitionState> asked = Map.of();
  private final Map<TopicPartition, StartPolicy> resetting = new HashMap<>();
  private final AttemptTimeout timeout;
  private Deadline backoff = Deadline.afterMillis(0);

  PositionResolver(Assignment assignment, OffsetLookups lookups, ConsumerSettings settings) {
    this.assignment = assignment;
    this.lookups = lookups;
    this.settings = settings;
    this.timeout = new AttemptTimeout(settings.requestTimeoutMs());
  }

  /**
   * One step, without waiting. Throws what a look-up failed with, unless a later one may succeed.
   */
  void advance() {
    takeCommitted();
    takeResets();
    if (backoff.isExpired()) {
      askCommitted();
      askResets();
    }
  }

  /** The milliseconds until {@link #advance} has something to do by itself. */
  long millisUntilNextStep() {
    return backoff.remainingMillis();
  }

  /** Waits until {@link #advance} may get further. */
  void awaitStep(Wakeup wakeup, Deadline deadline) {
    if (committed != null) {
      wakeup.await(committed, deadline);
    } else if (resets != null) {
      wakeup.await(resets, deadline);
    } else {
      wakeup.pause(Math.max(1, backoff.remainingMillis()), deadline);
    }
  }

  /**
   * Throws what a partition failed with, unless it is held, or Kafka's exception when partitions
   * have neither a committed offset nor a policy.
   */
  void throwIfOffsetsAreMissing() {
    Set<TopicPartition> missing = new HashSet<>();
    for (PartitionState state : assignment.states()) {
      if (state.failure() != null && !state.isHeld()) {
        throw state.failure();
      }
      if (state.lacksOffset()) {
        missing.add(state.partition);
      }
    }
    if (!missing.isEmpty()) {
      throw new NoOffsetForPartitionException(missing);
    }
  }

  private void askCommitted() {
    if (committed != null) {
      return;
    }
    Map<TopicPartition, PartitionState> wanting = new HashMap<>();
    for (PartitionState state : assignment.states()) {
      if (state.wantsCommitted()) {
        if (settings.groupId().isEmpty()) {
          state.resetBy(settings.startPolicy());
        } else {
          wanting.put(state.partition, state);
        }
      }
    }
    if (!wanting.isEmpty()) {
      asked = wanting;
      committed = lookups.committed(wanting.keySet(), timeout.millis());
    }
  }

  private void takeCommitted() {
    if (committed == null || !committed.isDone()) {
      return;
    }
    CompletableFuture<List<Element>> done = committed;
    committed = null;
    for (Element element : join(done)) {
      PartitionState state = asked.get(element.partition());
      if (state == null
          || assignment.get(element.partition()) != state
          || !state.wantsCommitted()) {
        continue;
      }
      if (element.error() != 0) {
        failed(KafkaErrors.exception(element.error(), null));
      } else if (element.offset() < 0) {
        LOG.debug("No committed offset for {}", element.partition());
        state.resetBy(settings.startPolicy());
      } else {
        state.resolve(element.offset(), element.leaderEpoch());
      }
    }
  }

  private void askResets() {
    if (resets != null) {
      return;
    }
    resetting.clear();
    Map<TopicPartition, Long> queries = new HashMap<>();
    for (PartitionState state : assignment.states()) {
      if (state.wantsReset()) {
        queries.put(state.partition, state.reset().query());
        resetting.put(state.partition, state.reset());
      }
    }
    if (!queries.isEmpty()) {
      resets = lookups.byQuery(queries, timeout.millis());
    }
  }

  private void takeResets() {
    if (resets == null || !resets.isDone()) {
      return;
    }
    CompletableFuture<List<OffsetLookups.Found>> done = resets;
    resets = null;
    for (OffsetLookups.Found found : join(done)) {
      Element element = found.element();
      PartitionState state = assignment.get(element.partition());
      if (state == null
          || !state.wantsReset()
          || !state.reset().equals(resetting.get(element.partition()))) {
        continue;
      }
      if (element.error() != 0) {
        failed(KafkaErrors.exception(element.error(), null));
      } else if (element.offset() < 0) {
        // by_duration reaches back to where nothing is newer
        state.requestReset(StartPolicy.LATEST);
      } else {
        LOG.info(
            "Resetting offset for partition {} to position {}",
            element.partition(),
            element.offset());
        state.resolve(element.offset(), element.leaderEpoch());
      }
    }
  }

  private <T> List<T> join(CompletableFuture<List<T>> done) {
    try {
      List<T> found = done.join();
      timeout.reset();
      return found;
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        failed(cause);
        return List.of();
      }
      throw failure;
    }
  }

  private void failed(RuntimeException failure) {
    backoff = Deadline.afterMillis(settings.retryBackoffMs());
    timeout.failed();
    if (!KafkaErrors.mayPass(failure)) {
      throw failure;
    }
    LOG.debug("Looking up offsets failed, trying again", failure);
  }
}
