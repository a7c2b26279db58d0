package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.config.ConsumerConfigTranslator;
import io.github.rdkafka.internal.config.PartitionAssignors;
import io.github.rdkafka.internal.metrics.ConsumerMetrics;
import io.github.rdkafka.internal.natives.AsyncCalls;
import io.github.rdkafka.internal.natives.ClientVersion;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.NativeQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * A consumer without keys, values and interceptors: subscription, assignment and fetching. Every
 * method but {@link #wakeup} stands between {@link #acquire} and {@link #release}.
 */
public final class NativeConsumer {
  /** How long a native wait may last before interrupts and timers are looked at. */
  private static final int WAIT_SLICE_MILLIS = 50;

  private static final int SEEK_RETRY_MILLIS = 5;
  private static final int CLOSE_MILLIS = 2000;

  private final ConsumerSettings settings;
  private final NativeClient client;
  private final NativeQueue queue;
  private final AsyncCalls calls = new AsyncCalls();
  private final Wakeup wakeup = new Wakeup();
  private final ThreadGuard guard = new ThreadGuard();
  private final RebalanceStub stub = new RebalanceStub();
  private final ErrorInbox inbox;
  private final Subscription subscription = new Subscription();
  private final Assignment assignment;
  private final NativeAssignment nativeAssignment;
  private final PositionResolver positions;
  private final Rebalancer rebalancer;
  private final GroupMember member;
  private final Fetcher fetcher;
  private final Subscriber subscriber;
  private final ConsumerOffsets offsets;
  private final ConsumerMetadata metadata;
  private final Lags lags;
  private final ControlRecords controlRecords;
  private final TopicWatch topicWatch;
  private final ClusterAnnouncement announcement;
  private boolean closing;
  private volatile boolean closed;

  /**
   * Makes the client and starts its event loop.
   *
   * @param onCommit told of every commit that succeeded, on the caller's thread
   * @param plugins the user's objects that may want to know the cluster's id
   * @param metrics closed by the caller
   */
  public NativeConsumer(
      ConsumerConfig config,
      Consumer<Map<TopicPartition, OffsetAndMetadata>> onCommit,
      List<?> plugins,
      ConsumerMetrics metrics) {
    assignment = new Assignment(metrics);
    settings = ConsumerSettings.of(config);
    NativeClient.loadLibrary();
    inbox = new ErrorInbox(calls, this::interruptWait, metrics);
    wakeup.failures(inbox::throwIfFailed);
    client =
        NativeClient.open(
            RD_KAFKA_CONSUMER(),
            ConsumerConfigTranslator.translate(config),
            RD_KAFKA_EVENT_STATS(),
            stub::install,
            inbox,
            settings.clientId(),
            "rdkafka-consumer-events | " + settings.clientId());
    MemberClient kafka = null;
    try {
      inbox.attach(client);
      // before Kafka's member does: of two under one name the first is seen
      metrics.client().opened(ClientVersion.forMetrics());
      queue = client.consumerQueue();
      client.own(new LastAnswer(client));
      stub.attach(queue.segment());
      nativeAssignment = new NativeAssignment(client, assignment);
      controlRecords = new ControlRecords(assignment, nativeAssignment);
      OffsetLookups lookups = new OffsetLookups(client, calls, settings);
      positions = new PositionResolver(assignment, lookups, settings);
      NativeCommits nativeCommits =
          new NativeCommits(
              new CommitRequests(client, calls, subscription, settings, metrics),
              wakeup,
              onCommit,
              settings);
      KafkaCommits kafkaCommits = null;
      if (!PartitionAssignors.areNative(config)) {
        kafka = MemberClient.open(config, wakeup);
        metrics.group(kafka.metrics());
        kafkaCommits = new KafkaCommits(kafka, nativeCommits, subscription, settings, onCommit);
      }
      offsets =
          new ConsumerOffsets(
              kafka == null ? nativeCommits : kafkaCommits,
              wakeup,
              settings,
              assignment,
              nativeAssignment,
              positions,
              lookups);
      rebalancer =
          new Rebalancer(
              client,
              stub,
              subscription,
              assignment,
              nativeAssignment,
              offsets::commitBeforeRevoke,
              metrics);
      fetcher = new Fetcher(client, queue, assignment, nativeAssignment, settings);
      metadata = new ConsumerMetadata(client, wakeup, this::interruptWait, settings);
      topicWatch = new TopicWatch(metadata, settings, subscription, assignment);
      announcement = new ClusterAnnouncement(client, plugins);
      member =
          kafka == null
              ? new NativeMember(
                  client,
                  stub,
                  settings,
                  subscription,
                  assignment,
                  nativeAssignment,
                  rebalancer,
                  fetcher,
                  metadata,
                  topicWatch)
              : new KafkaMember(
                  kafka,
                  kafkaCommits,
                  settings,
                  subscription,
                  assignment,
                  nativeAssignment,
                  offsets::commitBeforeRevoke);
      subscriber =
          new Subscriber(
              settings, subscription, assignment, nativeAssignment, member, offsets, topicWatch);
      Watermarks watermarks = new Watermarks(client);
      metrics.ends(watermarks);
      lags = new Lags(watermarks, lookups, settings);
      client.acceptedKeys().forEach(config::ignore);
    } catch (Throwable failure) {
      if (kafka != null) {
        Utils.closeQuietly(kafka.consumer(), "member of the group");
      }
      closeUnused();
      throw failure;
    }
  }

  public <K, V> RecordCollector<K, V> collector(Deserializer<K> keys, Deserializer<V> values) {
    return new RecordCollector<>(
        assignment,
        new RecordDeserializer<>(keys),
        new RecordDeserializer<>(values),
        settings.maxPollRecords());
  }

  /** Lets the current thread in, as the only one. */
  public void acquire() {
    guard.acquire();
    if (closed || !client.enter()) {
      guard.release();
      throw new IllegalStateException("This consumer has already been closed.");
    }
  }

  public void release() {
    client.exit();
    guard.release();
  }

  /** Any thread: the current or next blocking call ends with a WakeupException. */
  public void wakeup() {
    wakeup.request();
    interruptWait();
  }

  public ConsumerOffsets offsets() {
    return offsets;
  }

  public Subscriber subscriber() {
    return subscriber;
  }

  public ConsumerMetadata metadata() {
    return metadata;
  }

  public ConsumerGroupMetadata groupMetadata() {
    return member.metadata();
  }

  /** Has the group distribute its partitions anew; the reason may be null. */
  public void enforceRebalance(String reason) {
    member.enforceRebalance(reason);
  }

  /** Records behind the end of the partition; empty while that is not known. */
  public OptionalLong lag(TopicPartition partition) {
    return lags.lag(assignment.require(partition));
  }

  public Set<TopicPartition> assigned() {
    return assignment.set();
  }

  public Set<String> subscription() {
    return member.topics();
  }

  public Set<TopicPartition> paused() {
    return assignment.states().stream()
        .filter(state -> state.paused)
        .map(state -> state.partition)
        .collect(Collectors.toUnmodifiableSet());
  }

  public void pause(Collection<TopicPartition> partitions) {
    for (PartitionState state : assignment.require(partitions)) {
      state.paused = true;
    }
  }

  public void resume(Collection<TopicPartition> partitions) {
    List<PartitionState> asleep = new ArrayList<>();
    for (PartitionState state : assignment.require(partitions)) {
      state.paused = false;
      state.failIfReached();
      assignment.requestAttention();
      if (!state.fetched.isEmpty()) {
        assignment.ready(state);
      }
      if (state.pausedNatively) {
        asleep.add(state);
      }
    }
    nativeAssignment.resumeNatively(asleep);
  }

  /**
   * Serves the group and fetches until there are records or positions to collect; false when the
   * deadline passed first. At least one round is made, whatever the deadline.
   */
  public boolean poll(Deadline deadline) {
    if (subscription.isNone()) {
      throw new IllegalStateException(
          "Consumer is not subscribed to any topics or assigned any partitions");
    }
    try {
      do {
        wakeup.throwIfRequested();
        round(deadline);
        if (controlRecords.werePassed() || assignment.returnable() > 0) {
          return true;
        }
        RuntimeException failure = fetcher.pollFailure();
        if (failure != null) {
          throw failure;
        }
      } while (!closing && !deadline.isExpired());
      return false;
    } finally {
      if (!closing) {
        member.pollEnds();
      }
    }
  }

  /**
   * Commits, leaves the group and destroys the client, within the deadline; what is left then goes
   * on in the background. The caller acquires no more after this, but callbacks meanwhile may.
   *
   * @param departure librdkafka cannot make a static member leave in the newer protocol
   */
  public void close(Deadline deadline, Departure departure) {
    guard.acquire();
    try {
      if (closing) {
        return;
      }
      closing = true;
      boolean nested = guard.isNested();
      ConsumerCloser closer =
          new ConsumerCloser(
              client,
              queue,
              wakeup,
              calls,
              settings,
              subscription,
              assignment,
              member,
              rebalancer,
              fetcher,
              offsets);
      closer.callBack(deadline, departure);
      closed = true;
      closer.end(deadline, departure.place(), nested);
    } finally {
      guard.release();
    }
  }

  /** Whether {@link #close} has run the last callback of the user. */
  public boolean isClosed() {
    return closed;
  }

  private void closeUnused() {
    try {
      client.close(Deadline.afterMillis(CLOSE_MILLIS), RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private void round(Deadline deadline) {
    inbox.throwIfFailed();
    subscription.throwIfRefused();
    announcement.advance();
    topicWatch.advance();
    member.advance();
    if (closing) {
      return;
    }
    offsets.maybeAutoCommit();
    offsets.runCommitCallbacks();
    attend();
    fetcher.fetch(waitMillis(deadline));
    member.serve();
    attend();
    // not before the group has been served: whoever polls on is not to lose its place
    if (assignment.needsAttention()) {
      positions.throwIfOffsetsAreMissing();
    }
  }

  /** Moves on partitions that wait for a position, a start or a seek. */
  private void attend() {
    member.startIfReady();
    if (!assignment.needsAttention()) {
      return;
    }
    positions.advance();
    member.startIfReady();
    if (subscription.isPartitions()) {
      nativeAssignment.startResolved();
    }
    nativeAssignment.applySeeks();
    assignment.updateAttention();
  }

  private int waitMillis(Deadline deadline) {
    if (assignment.returnable() > 0) {
      return 0;
    }
    long wait = Math.min(WAIT_SLICE_MILLIS, offsets.millisUntilAutoCommit());
    wait = Math.min(wait, member.millisUntilNextStep());
    if (assignment.needsAttention()) {
      wait = Math.min(wait, Math.max(SEEK_RETRY_MILLIS, positions.millisUntilNextStep()));
    }
    return deadline.remainingMillis((int) Math.max(0, wait));
  }

  private void interruptWait() {
    wakeup.signal();
    NativeQueue waitedOn = queue;
    if (waitedOn != null && client.enter()) {
      try {
        waitedOn.wake();
      } finally {
        client.exit();
      }
    }
  }
}
