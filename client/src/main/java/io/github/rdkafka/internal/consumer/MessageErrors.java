package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.NativeClient;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what an error that came in place of a record means to the caller of {@code poll}. */
final class MessageErrors {
  private static final Logger LOG = LoggerFactory.getLogger(MessageErrors.class);

  private static final Set<Integer> ONLY_LOGGED =
      Set.of(
          RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART(),
          RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE(),
          RD_KAFKA_RESP_ERR__TRANSPORT(),
          RD_KAFKA_RESP_ERR__RESOLVE(),
          RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN(),
          RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED());

  private static final Set<Integer> BAD_RECORDS =
      Set.of(
          RD_KAFKA_RESP_ERR__BAD_MSG(),
          RD_KAFKA_RESP_ERR__BAD_COMPRESSION(),
          RD_KAFKA_RESP_ERR__NOT_IMPLEMENTED());

  /** librdkafka tells in words only to where a log was cut off, and of what it asked. */
  private static final Pattern TRUNCATED =
      Pattern.compile(
          "log truncation detected at offset (\\d+) .*: broker end offset is (\\d+) \\(offset leader"
              + " epoch (-?\\d+)\\)");

  private static final String TRUNCATED_SOMEWHERE = "No epoch found";

  private final NativeClient client;
  private final ConsumerSettings settings;

  MessageErrors(NativeClient client, ConsumerSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  /**
   * Takes note of an error.
   *
   * @param topic null when the error belongs to no topic
   * @param state null when the error belongs to no partition of ours
   * @return what {@code poll} has to throw, or null
   */
  RuntimeException take(int code, String text, String topic, PartitionState state, long offset) {
    if (code == RD_KAFKA_RESP_ERR__PARTITION_EOF()) {
      return null;
    }
    if (code == RD_KAFKA_RESP_ERR__FATAL()) {
      return ErrorInbox.fatalError(client, text);
    }
    if (ONLY_LOGGED.contains(code)) {
      LOG.warn("[clientId={}] {}", settings.clientId(), text);
      return null;
    }
    if (code == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET() || code == RD_KAFKA_RESP_ERR__NO_OFFSET()) {
      offsetReset(text, state, offset);
      return null;
    }
    if (code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED()) {
      return topic == null
          ? new TopicAuthorizationException(text)
          : new TopicAuthorizationException(Set.of(topic));
    }
    if (code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED()) {
      return settings.groupId().map(GroupAuthorizationException::forGroupId).orElse(null);
    }
    RuntimeException exception = KafkaErrors.exception(code, text);
    return BAD_RECORDS.contains(code) && state != null ? badRecord(state, exception) : exception;
  }

  /** What is thrown for a record that cannot be read. */
  RuntimeException badRecord(PartitionState state, RuntimeException reason) {
    return new KafkaException(
        "Received exception when fetching the next record from "
            + state.partition
            + ". If needed, please seek past the record to continue consumption.",
        reason);
  }

  private void offsetReset(String text, PartitionState state, long offset) {
    if (state == null) {
      return;
    }
    if (!state.isResolved() || state.seekPending) {
      // what was out of range is not where the user is
      state.stopped = true;
      return;
    }
    if (state.paused) {
      // Kafka's consumer would not have asked yet; see applySeeks
      state.stopped = true;
      state.seekPending = true;
      return;
    }
    Matcher truncation = TRUNCATED.matcher(text);
    boolean truncated = truncation.find();
    long at = truncated ? Long.parseLong(truncation.group(1)) : offset;
    if (at >= 0 && at != state.nextFetch()) {
      // told late: librdkafka does not drop such an error when the partition is moved meanwhile
      state.restart();
      return;
    }
    TopicPartition partition = state.partition;
    LOG.info("[clientId={}] {}: {}", settings.clientId(), partition, text);
    if (truncated) {
      truncated(state, Long.parseLong(truncation.group(2)), Integer.parseInt(truncation.group(3)));
    } else if (settings.startPolicy().kind() != StartPolicy.Kind.NONE) {
      state.stopped = true;
      state.requestReset(settings.startPolicy());
    } else if (offset < 0) {
      state.fail(new NoOffsetForPartitionException(partition));
    } else if (text.contains(TRUNCATED_SOMEWHERE)) {
      state.fail(new LogTruncationException(Map.of(partition, offset), Map.of()));
    } else {
      state.fail(new OffsetOutOfRangeException(Map.of(partition, offset)));
    }
  }

  /** The leader has other records from {@code end} on than those that were read. */
  private void truncated(PartitionState state, long end, int epoch) {
    if (end < state.position() && settings.startPolicy().kind() == StartPolicy.Kind.NONE) {
      state.fail(
          new LogTruncationException(
              Map.of(state.partition, state.position()),
              Map.of(state.partition, new OffsetAndMetadata(end, Optional.of(epoch), ""))));
      return;
    }
    state.stopped = true;
    state.seek(Math.min(end, state.position()), Optional.of(epoch));
  }
}
