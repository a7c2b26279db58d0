package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.KafkaErrors;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.protocol.Errors;

/** What a commit's error code means to Kafka's consumer. */
final class CommitErrors {
  private static final Set<Integer> NO_LONGER_A_MEMBER =
      Set.of(
          RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID(),
          RD_KAFKA_RESP_ERR_STALE_MEMBER_EPOCH(),
          RD_KAFKA_RESP_ERR_FENCED_MEMBER_EPOCH(),
          RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST());

  /**
   * The group no longer knows a member that was left out of a rebalance; one whose generation is
   * over has joined the next, which librdkafka does in the background.
   */
  private static final Set<Integer> REBALANCING =
      Set.of(RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS(), RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION());

  private static final Set<Integer> THROWN_AS_THEY_ARE =
      Set.of(
          RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID(),
          RD_KAFKA_RESP_ERR_OFFSET_METADATA_TOO_LARGE(),
          RD_KAFKA_RESP_ERR_INVALID_COMMIT_OFFSET_SIZE(),
          RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED(),
          RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED());

  private static final Set<Integer> RETRIABLE =
      Set.of(
          RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE(),
          RD_KAFKA_RESP_ERR_NOT_COORDINATOR(),
          RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS(),
          RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT(),
          RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART(),
          RD_KAFKA_RESP_ERR__TRANSPORT(),
          RD_KAFKA_RESP_ERR__TIMED_OUT(),
          RD_KAFKA_RESP_ERR__WAIT_COORD());

  private CommitErrors() {}

  static RuntimeException exception(int code) {
    if (NO_LONGER_A_MEMBER.contains(code)) {
      return new CommitFailedException();
    }
    if (REBALANCING.contains(code)) {
      return new RebalanceInProgressException(
          "Offset commit cannot be completed since the consumer is undergoing a rebalance for auto"
              + " partition assignment. You can try completing the rebalance by calling poll() and"
              + " then retry commit again.");
    }
    if (RETRIABLE.contains(code) || THROWN_AS_THEY_ARE.contains(code)) {
      return KafkaErrors.exception(code, null);
    }
    String text = code >= -1 ? Errors.forCode((short) code).message() : KafkaErrors.describe(code);
    return new KafkaException("Unexpected error in commit: " + text);
  }
}
