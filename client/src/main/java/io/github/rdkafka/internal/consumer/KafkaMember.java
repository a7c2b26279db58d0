package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Membership by Kafka's own client, for assignors that librdkafka does not have and cannot be
 * given: Kafka's client joins, has the assignors distribute the partitions, sends heartbeats and
 * commits. Its partitions are paused from the first moment; librdkafka, as if they were assigned by
 * hand, fetches them.
 */
final class KafkaMember implements GroupMember {
  /** How often the group is looked at while all is quiet, and while it is not. */
  private static final long QUIET_MILLIS = 50;

  private static final long RESTLESS_MILLIS = 10;

  /** How long it may go on after the last rebalance. */
  private static final long RESTLESS_FOR_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Rounds of a poll come faster than this when records do. */
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final MemberClient client;
  private final KafkaCommits commits;
  private final ConsumerSettings settings;
  private final Subscription subscription;
  private final Assignment assignment;
  private final NativeAssignment nativeAssignment;
  private final Runnable commitBeforeRevoke;
  private final ConsumerRebalanceListener listener = new Listener();
  private long lastStepNanos;
  private long lastRebalanceNanos;
  private boolean joined;
  private boolean leaving;
  private boolean unsubscribing;

  KafkaMember(
      MemberClient client,
      KafkaCommits commits,
      ConsumerSettings settings,
      Subscription subscription,
      Assignment assignment,
      NativeAssignment nativeAssignment,
      Runnable commitBeforeRevoke) {
    this.client = client;
    this.commits = commits;
    this.settings = settings;
    this.subscription = subscription;
    this.assignment = assignment;
    this.nativeAssignment = nativeAssignment;
    this.commitBeforeRevoke = commitBeforeRevoke;
  }

  @Override
  public void subscribe(Set<String> topics) {
    client.run(consumer -> consumer.subscribe(topics, listener));
  }

  @Override
  public void subscribe(Pattern pattern) {
    client.run(consumer -> consumer.subscribe(pattern, listener));
  }

  @Override
  public void subscribe(SubscriptionPattern pattern) {
    throw new UnsupportedOperationException("The classic group protocol has no such patterns");
  }

  @Override
  public void unsubscribe() {
    if (subscription.isGroup()) {
      unsubscribing = true;
      try {
        client.run(org.apache.kafka.clients.consumer.Consumer::unsubscribe);
      } finally {
        unsubscribing = false;
      }
    }
    subscription.clear();
    nativeAssignment.giveUp(assignment.set());
  }

  @Override
  public Set<String> topics() {
    return subscription.isGroup() ? client.consumer().subscription() : subscription.topics();
  }

  /** Nothing comes of this poll but the calls of the listener: all that is assigned is paused. */
  @Override
  public void advance() {
    if (!subscription.isGroup()
        || (!isRestless() && System.nanoTime() - lastStepNanos < STEP_NANOS)) {
      return;
    }
    try {
      client.run(consumer -> consumer.poll(Duration.ZERO));
    } catch (RuntimeException failure) {
      // a listener may have closed this consumer, and with it Kafka's, in the midst of its poll
      if (!leaving) {
        throw failure;
      }
    } finally {
      lastStepNanos = System.nanoTime();
    }
  }

  @Override
  public void serve() {}

  @Override
  public void startIfReady() {
    if (subscription.isGroup() && assignment.needsAttention()) {
      nativeAssignment.startResolved();
    }
  }

  @Override
  public void pollEnds() {}

  @Override
  public long millisUntilNextStep() {
    return subscription.isGroup() && isRestless() ? RESTLESS_MILLIS : QUIET_MILLIS;
  }

  @Override
  public ConsumerGroupMetadata metadata() {
    settings.requireGroup();
    return client.consumer().groupMetadata();
  }

  @Override
  public void enforceRebalance(String reason) {
    lastRebalanceNanos = System.nanoTime();
    client.consumer().enforceRebalance(reason);
  }

  @Override
  public void announceLeaving(Deadline deadline, Departure departure) {
    leaving = true;
    try {
      client.close(departure, Duration.ofMillis(deadline.remainingMillis()));
    } finally {
      subscription.clear();
    }
  }

  private boolean isRestless() {
    return !joined
        || commits.areUnderWay()
        || System.nanoTime() - lastRebalanceNanos < RESTLESS_FOR_NANOS;
  }

  /** Stands between Kafka's client and the user's listener, which finds things as it expects. */
  private final class Listener implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      lastRebalanceNanos = System.nanoTime();
      joined = true;
      // with a position of its own Kafka's client looks for none
      client.consumer().pause(partitions);
      partitions.forEach(partition -> client.consumer().seek(partition, 0));
      assignment.add(partitions);
      subscription.listener().onPartitionsAssigned(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // a close has committed already, and giving up a subscription commits nothing
      if (!leaving && !unsubscribing && !partitions.isEmpty()) {
        commitBeforeRevoke.run();
      }
      leave(partitions, subscription.listener()::onPartitionsRevoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      leave(partitions, subscription.listener()::onPartitionsLost);
    }

    private void leave(
        Collection<TopicPartition> partitions, Consumer<Collection<TopicPartition>> user) {
      lastRebalanceNanos = System.nanoTime();
      joined = false;
      boolean again = false;
      try {
        user.accept(partitions);
      } catch (WakeupException | InterruptException passedOn) {
        // Kafka's client will tell of it once more, and keeps the partitions till then
        again = true;
        throw passedOn;
      } finally {
        if (!again) {
          nativeAssignment.giveUp(partitions);
        }
      }
    }
  }
}
