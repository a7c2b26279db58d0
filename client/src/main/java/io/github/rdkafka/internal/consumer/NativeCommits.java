package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.Deadline;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits by librdkafka, as its group's member or without one. */
final class NativeCommits implements Commits {
  private static final Logger LOG = LoggerFactory.getLogger(NativeCommits.class);

  private static final OffsetCommitCallback NO_CALLBACK = (offsets, failure) -> {};

  private record Pending(
      Map<TopicPartition, OffsetAndMetadata> offsets,
      OffsetCommitCallback callback,
      CompletableFuture<Integer> result) {}

  private final CommitRequests requests;
  private final Wakeup wakeup;
  private final Consumer<Map<TopicPartition, OffsetAndMetadata>> onCommit;
  private final ConsumerSettings settings;
  private final Deque<Pending> pending = new ArrayDeque<>();

  /**
   * @param onCommit told of every commit that succeeded, on the caller's thread
   */
  NativeCommits(
      CommitRequests requests,
      Wakeup wakeup,
      Consumer<Map<TopicPartition, OffsetAndMetadata>> onCommit,
      ConsumerSettings settings) {
    this.requests = requests;
    this.wakeup = wakeup;
    this.onCommit = onCommit;
    this.settings = settings;
  }

  @Override
  public void commitSync(
      Map<TopicPartition, OffsetAndMetadata> offsets, Deadline deadline, long timeout) {
    runCallbacks();
    AttemptTimeout attempt = new AttemptTimeout(settings.requestTimeoutMs());
    while (!offsets.isEmpty()) {
      CompletableFuture<Integer> result = requests.send(offsets, attempt.millis());
      if (!wakeup.await(result, deadline)) {
        throw timedOut(offsets, timeout);
      }
      RuntimeException failure = failure(result);
      if (failure == null) {
        awaitPending(deadline);
        onCommit.accept(offsets);
        return;
      }
      // what was committed before has been answered before
      runCallbacks();
      if (!(failure instanceof RetriableException)) {
        throw failure;
      }
      if (deadline.isExpired()) {
        throw timedOut(offsets, timeout);
      }
      attempt.failed();
      wakeup.pause(settings.retryBackoffMs(), deadline);
    }
    awaitPending(deadline);
    if (!pending.isEmpty()) {
      throw timedOut(offsets, timeout);
    }
  }

  @Override
  public void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    start(offsets, callback);
  }

  /**
   * The future completes on a thread of the common pool, whatever the consumer's thread does, so
   * that neither can hold up the other.
   */
  @Override
  public CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> commit(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    CompletableFuture<Integer> result = start(offsets, NO_CALLBACK);
    return result.handleAsync(
        (error, thrown) -> {
          RuntimeException failure = asynchronous(failure(result));
          if (failure != null) {
            throw failure;
          }
          return offsets;
        });
  }

  private CompletableFuture<Integer> start(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    CompletableFuture<Integer> result =
        offsets.isEmpty()
            ? CompletableFuture.completedFuture(0)
            : requests.send(offsets, settings.requestTimeoutMs());
    pending.add(new Pending(offsets, callback, result));
    return result;
  }

  @Override
  public void runCallbacks() {
    while (!pending.isEmpty() && pending.peek().result().isDone()) {
      Pending commit = pending.poll();
      RuntimeException failure = asynchronous(failure(commit.result()));
      if (failure == null) {
        onCommit.accept(commit.offsets());
      }
      commit.callback().onComplete(commit.offsets(), failure);
    }
  }

  @Override
  public void awaitPending(Deadline deadline) {
    while (!pending.isEmpty() && wakeup.await(pending.peek().result(), deadline)) {
      runCallbacks();
    }
  }

  @Override
  public void abandonPending() {
    pending.forEach(
        commit ->
            commit
                .result()
                .completeExceptionally(
                    new CommitFailedException(
                        "Failed to commit offsets: Coordinator unknown and consumer is closing")));
    runCallbacks();
  }

  private static RuntimeException failure(CompletableFuture<Integer> result) {
    try {
      int error = result.join();
      return error == 0 ? null : CommitErrors.exception(error);
    } catch (CompletionException failed) {
      LOG.debug("Commit failed", failed);
      return failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  /** What those are told who do not wait: nothing is tried again for them. */
  private static RuntimeException asynchronous(RuntimeException failure) {
    return failure instanceof RetriableException
        ? new RetriableCommitFailedException(failure)
        : failure;
  }

  private static TimeoutException timedOut(
      Map<TopicPartition, OffsetAndMetadata> offsets, long timeout) {
    return new TimeoutException(
        "Timeout of " + timeout + "ms expired before successfully committing offsets " + offsets);
  }
}
