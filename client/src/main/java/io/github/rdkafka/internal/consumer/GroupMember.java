package io.github.rdkafka.internal.consumer;

import io.github.rdkafka.internal.Deadline;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.SubscriptionPattern;

/**
 * This consumer as a member of its group: who joins, is told which partitions it has, and leaves.
 * What is fetched, and from where, is not its concern. All its methods belong to the consumer's
 * thread and none waits, unless they say otherwise; the user's listener may run in any of them.
 */
interface GroupMember {
  /** Asks the group for these topics; {@link Subscription} has them already. */
  void subscribe(Set<String> topics);

  /** Asks the group for the topics that match, now and later. */
  void subscribe(Pattern pattern);

  /** As {@link #subscribe(Pattern)}, matched by the broker. */
  void subscribe(SubscriptionPattern pattern);

  /** Gives up the subscription and what is assigned, by the group or by hand. May wait. */
  void unsubscribe();

  /** What is subscribed to; for a pattern the topics that match it. */
  Set<String> topics();

  /** One step, in each round of a poll, before records are fetched. */
  void advance();

  /** Takes what the group has said while records were fetched. */
  void serve();

  /** Has librdkafka fetch what was assigned, as far as it is known from where. */
  void startIfReady();

  /** The poll returns to the user. */
  void pollEnds();

  /** The milliseconds until {@link #advance} or {@link #startIfReady} should be called again. */
  long millisUntilNextStep();

  ConsumerGroupMetadata metadata();

  /**
   * Has the group distribute its partitions anew.
   *
   * @param reason for the logs of broker and client; may be null
   */
  void enforceRebalance(String reason);

  /** Tells the user's listener that the consumer is being closed. May wait until the deadline. */
  void announceLeaving(Deadline deadline, Departure departure);
}
