package io.github.rdkafka.internal.producer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.NativeClient;
import io.github.rdkafka.internal.natives.NativeError;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What librdkafka's error codes mean where a record is concerned. */
final class ProducerErrors {
  private ProducerErrors() {}

  /** Why librdkafka did not take a record. */
  static RuntimeException refused(NativeClient client, NativeError error, TopicPartition record) {
    int code = error.code();
    if (code == RD_KAFKA_RESP_ERR__FATAL()) {
      NativeError fatal = client.fatalError();
      return fatal == null ? new KafkaException(error.message()) : fatal(fatal);
    }
    if (code == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE()) {
      return new RecordTooLargeException(error.message());
    }
    if (isUnknownPartition(code)) {
      return unknownPartition(record);
    }
    return KafkaErrors.exception(code, error.message());
  }

  /** After which no further record is accepted. */
  static RuntimeException fatal(NativeError fatal) {
    RuntimeException cause = KafkaErrors.exception(fatal.code(), fatal.message());
    return cause instanceof ProducerFencedException
        ? cause
        : new KafkaException(
            "Cannot execute transactional method because we are in an error state", cause);
  }

  static boolean isUnknownPartition(int code) {
    return code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION()
        || code == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC();
  }

  static TimeoutException unknownPartition(TopicPartition record) {
    return new TimeoutException(
        "Partition " + record + " is not present in metadata.",
        new UnknownTopicOrPartitionException());
  }

  static TimeoutException expired(long records, TopicPartition partition, long elapsedMs) {
    return new TimeoutException(
        "Expiring "
            + records
            + " record(s) for "
            + partition
            + ":"
            + elapsedMs
            + " ms has passed since batch creation. The request has not been sent, or no server"
            + " response has been received yet.");
  }

  static KafkaException closedForcefully() {
    return new KafkaException("Producer is closed forcefully.");
  }

  static boolean isPurge(int code) {
    return code == RD_KAFKA_RESP_ERR__PURGE_QUEUE() || code == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT();
  }

  /**
   * Why a record was not delivered. The broker's own text is not to be had: {@code
   * rd_kafka_message_produce_errstr} of librdkafka 2.15.1 points to memory that has been freed.
   */
  static RuntimeException undelivered(int code, TopicPartition partition) {
    if (code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED()) {
      return new TopicAuthorizationException(Set.of(partition.topic()));
    }
    if (isUnknownPartition(code)) {
      return unknownPartition(partition);
    }
    return KafkaErrors.exception(code, null);
  }
}
