package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.natives.AsyncCalls;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.NativeError;
import io.github.rdkafka.internal.natives.NativeQueue;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a consumer in the order that cannot hang: commit, tell the listener, leave by a close that
 * this thread serves itself, then destroy. Each step is bounded, and each happens whatever the one
 * before it threw.
 */
final class ConsumerCloser {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumerCloser.class);
  private static final int SERVE_MILLIS = 20;
  private static final int GIVE_UP_MILLIS = 2000;

  /** What leaving takes in the ordinary case, granted also to a deadline that is over. */
  private static final long LEAVE_GRACE_MILLIS = 500;

  /** Likewise for emptying the queue, and for destroying. */
  private static final long GRACE_MILLIS = 100;

  /** For leaving, after an interrupt. */
  private static final long INTERRUPTED_GRACE_MILLIS = 50;

  private final NativeClient client;
  private final NativeQueue queue;
  private final Wakeup wakeup;
  private final AsyncCalls calls;
  private final ConsumerSettings settings;
  private final Subscription subscription;
  private final Assignment assignment;
  private final GroupMember member;
  private final Rebalancer rebalancer;
  private final Fetcher fetcher;
  private final ConsumerOffsets offsets;
  private RuntimeException first;
  private boolean interrupted;

  ConsumerCloser(
      NativeClient client,
      NativeQueue queue,
      Wakeup wakeup,
      AsyncCalls calls,
      ConsumerSettings settings,
      Subscription subscription,
      Assignment assignment,
      GroupMember member,
      Rebalancer rebalancer,
      Fetcher fetcher,
      ConsumerOffsets offsets) {
    this.client = client;
    this.queue = queue;
    this.wakeup = wakeup;
    this.calls = calls;
    this.settings = settings;
    this.subscription = subscription;
    this.assignment = assignment;
    this.member = member;
    this.rebalancer = rebalancer;
    this.fetcher = fetcher;
    this.offsets = offsets;
  }

  /** Commits, and runs the listener; both may use the consumer. */
  void callBack(Deadline deadline, Departure departure) {
    wakeup.disable();
    attempt(() -> offsets.commitBeforeClose(deadline));
    attempt(() -> member.announceLeaving(deadline, departure));
    attempt(offsets::abandonCommits);
  }

  /**
   * Leaves the group and destroys the client; throws the first failure of both steps.
   *
   * @param nested whether the caller comes out of a callback of this consumer, whose call into
   *     librdkafka has not ended
   */
  void end(Deadline deadline, Departure.Place place, boolean nested) {
    assignment.remove(assignment.set());
    if (place == Departure.Place.LEAVE && settings.staticMember() && subscription.isGroup()) {
      giveUpPlace(deadline);
    }
    rebalancer.swallow();
    boolean left = place != Departure.Place.REMAIN && leave(deadline);
    drain();
    calls.close(new IllegalStateException("This consumer has already been closed."));
    destroy(deadline, left ? 0 : RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE(), nested);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (first instanceof InterruptException interrupt) {
      throw interrupt;
    }
    if (first != null) {
      throw new KafkaException("Failed to close kafka consumer", first);
    }
  }

  /** A static member's close leaves its place to its successor; its unsubscribing does not. */
  private void giveUpPlace(Deadline deadline) {
    if (settings.consumerProtocol()) {
      LOG.warn("A static member cannot be made to leave with group.protocol=consumer");
      return;
    }
    rd_kafka_unsubscribe(client.segment());
    Deadline patience = deadline.orAfterMillis(GIVE_UP_MILLIS);
    // librdkafka takes the member's id away when it asks to leave; a close that began before would
    // keep it from asking
    while (!GroupView.memberId(client).isEmpty() && !patience.isExpired() && !isInterrupted()) {
      fetcher.discard(SERVE_MILLIS);
      rebalancer.swallow();
    }
  }

  private boolean leave(Deadline deadline) {
    NativeError error =
        NativeError.take(rd_kafka_consumer_close_queue(client.segment(), queue.segment()));
    if (error != null) {
      LOG.debug("The consumer cannot leave its group: {}", error.message());
      return false;
    }
    Deadline patience =
        interrupted
            ? Deadline.afterMillis(INTERRUPTED_GRACE_MILLIS)
            : deadline.isExpired() ? Deadline.afterMillis(LEAVE_GRACE_MILLIS) : deadline;
    while (rd_kafka_consumer_closed(client.segment()) == 0 && !patience.isExpired()) {
      fetcher.discard(SERVE_MILLIS);
      rebalancer.swallow();
      if (isInterrupted()) {
        patience = Deadline.afterMillis(INTERRUPTED_GRACE_MILLIS);
      }
    }
    return rd_kafka_consumer_closed(client.segment()) != 0;
  }

  /**
   * Whatever stays in the queue holds on to its partition, that one to its broker, and destroying
   * waits for the broker's thread for ever.
   */
  private void drain() {
    Deadline patience = Deadline.afterMillis(GRACE_MILLIS);
    while (rd_kafka_queue_length(queue.segment()) > 0 && !patience.isExpired()) {
      fetcher.discard(0);
    }
  }

  private void destroy(Deadline deadline, int flags, boolean nested) {
    Deadline patience =
        nested || interrupted
            ? Deadline.afterMillis(0)
            : deadline.remainingMillis() < GRACE_MILLIS
                ? Deadline.afterMillis(GRACE_MILLIS)
                : deadline;
    try {
      if (!client.close(patience, flags)) {
        LOG.debug("The native client is being destroyed in the background");
      }
    } catch (InterruptedException interrupt) {
      interrupted = true;
      note(new InterruptException(interrupt));
    }
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException failure) {
      // the flag would make every later wait of this close end at once
      interrupted |= Thread.interrupted();
      note(failure);
    }
  }

  /** Whether an interrupt has come just now; what is left gets little time then. */
  private boolean isInterrupted() {
    if (!Thread.interrupted()) {
      return false;
    }
    attempt(
        () -> {
          throw new InterruptException(new InterruptedException());
        });
    return true;
  }

  private void note(RuntimeException failure) {
    if (first == null) {
      first = failure;
    }
  }
}
