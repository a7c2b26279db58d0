package io.github.rdkafka.internal.producer.transactions;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.NativeError;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.protocol.Errors;

/** What librdkafka's errors mean where a transaction is concerned, in Kafka's words. */
final class TransactionErrors {
  /** How librdkafka's fatal error begins when the answer to a record's request has caused it. */
  private static final List<String> REFUSED_RECORDS =
      List.of("ProduceRequest for ", "Failed to add partitions to transaction: ");

  private TransactionErrors() {}

  static RuntimeException ofInitialization(NativeError error) {
    if (isFenced(error)) {
      return fenced();
    }
    RuntimeException exception = plain(error);
    return isAuthorization(exception)
        ? exception
        : new KafkaException(
            "Unexpected error in InitProducerIdResponse; " + exception.getMessage(),
            exception instanceof ApiException ? null : exception);
  }

  static RuntimeException ofEnd(NativeError error) {
    if (isFenced(error)) {
      return fenced();
    }
    RuntimeException exception = plain(error);
    boolean known =
        isAuthorization(exception)
            || exception instanceof InvalidTxnStateException
            || exception instanceof InvalidPidMappingException;
    return known || error.code() < 0 || error.requiresAbort()
        ? exception
        : new KafkaException("Unhandled error in EndTxnResponse: " + exception.getMessage());
  }

  static RuntimeException ofOffsets(NativeError error, String groupId) {
    int code = error.code();
    if (isFenced(error)) {
      return fenced();
    }
    if (code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED()) {
      return GroupAuthorizationException.forGroupId(groupId);
    }
    if (code == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID()
        || code == RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION()) {
      return new CommitFailedException(
          "Transaction offset Commit failed due to consumer group metadata mismatch: "
              + Errors.forCode((short) code).exception().getMessage());
    }
    RuntimeException exception = plain(error);
    if (exception instanceof RetriableException) {
      return abortable(exception);
    }
    boolean known =
        isAuthorization(exception)
            || exception instanceof FencedInstanceIdException
            || exception instanceof InvalidTxnStateException
            || exception instanceof InvalidPidMappingException
            || exception instanceof TransactionAbortableException
            || exception instanceof UnknownProducerIdException
            || exception instanceof UnsupportedForMessageFormatException;
    return known || code < 0
        ? exception
        : new KafkaException(
            "Unexpected error in TxnOffsetCommitResponse: " + exception.getMessage());
  }

  /** Why a transaction failed outside of any call. */
  static RuntimeException ofTransaction(NativeError error, TopicPartition partition) {
    if (isFenced(error)) {
      return fencedInBackground(error);
    }
    return error.code() == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED()
        ? new TopicAuthorizationException(Set.of(partition.topic()))
        : plain(error);
  }

  /** Why a producer can do nothing any more. */
  static RuntimeException ofFatal(NativeError error) {
    return isFenced(error) ? fencedInBackground(error) : plain(error);
  }

  /** What a record is told of what ended its transaction: brokers know its epoch only. */
  static RuntimeException ofRecord(RuntimeException failure) {
    return failure instanceof ProducerFencedException
        ? Errors.INVALID_PRODUCER_EPOCH.exception()
        : failure;
  }

  /** Whether a failed send ends not only its transaction but the producer. */
  static boolean isFatal(RuntimeException failure) {
    return isAuthorization(failure)
        || failure instanceof ProducerFencedException
        || failure instanceof UnsupportedVersionException
        || failure instanceof InvalidPidMappingException;
  }

  /** What a failed send makes of its transaction: what was retried in vain is not to be retried. */
  static RuntimeException abortable(RuntimeException failure) {
    if (!(failure instanceof RetriableException)
        && !(failure instanceof InvalidTxnStateException)) {
      return failure;
    }
    TransactionAbortableException abortable =
        new TransactionAbortableException(
            "Transaction Request was aborted after exhausting retries.");
    abortable.initCause(failure);
    return abortable;
  }

  private static boolean isAuthorization(RuntimeException exception) {
    return exception instanceof ClusterAuthorizationException
        || exception instanceof TransactionalIdAuthorizationException;
  }

  private static boolean isFenced(NativeError error) {
    int code = error.code();
    return code == RD_KAFKA_RESP_ERR__FENCED()
        || code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH()
        || code == RD_KAFKA_RESP_ERR_PRODUCER_FENCED();
  }

  static ApiException fenced() {
    return Errors.PRODUCER_FENCED.exception();
  }

  /**
   * What refuses records, and with transaction protocol version 2 adds their partitions, knows
   * epochs only; that another producer has taken this one's place is said by the coordinator.
   */
  private static ApiException fencedInBackground(NativeError error) {
    return REFUSED_RECORDS.stream().anyMatch(error.message()::startsWith)
        ? Errors.INVALID_PRODUCER_EPOCH.exception()
        : fenced();
  }

  /** With Kafka's own text for a code of the protocol. */
  private static RuntimeException plain(NativeError error) {
    return KafkaErrors.exception(error.code(), error.code() >= 0 ? null : error.message());
  }
}
