package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.BrokerNotAvailableException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.protocol.Errors;

/**
 * The one table from librdkafka's error codes to Kafka's exceptions.
 *
 * <p>Codes from -1 up are the protocol's own and are Kafka's to translate; the local ones, below
 * -1, stand here. Places where a code means something else in its context (a delivery report, a
 * commit, a record) decide that themselves before they ask this table.
 */
public final class KafkaErrors {
  private static final Map<Integer, Function<String, RuntimeException>> LOCAL = new HashMap<>();

  static {
    LOCAL.put(RD_KAFKA_RESP_ERR__BAD_MSG(), CorruptRecordException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__BAD_COMPRESSION(), CorruptRecordException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__TRANSPORT(), NetworkException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__DESTROY_BROKER(), NetworkException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__MSG_TIMED_OUT(), TimeoutException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__TIMED_OUT(), TimeoutException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE(), TimeoutException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__WAIT_COORD(), TimeoutException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__WAIT_CACHE(), TimeoutException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION(), TimeoutException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC(), TimeoutException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__INVALID_ARG(), IllegalArgumentException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__INVALID_TYPE(), IllegalArgumentException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__QUEUE_FULL(), BufferExhaustedException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__ISR_INSUFF(), NotEnoughReplicasException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__SSL(), SslAuthenticationException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__AUTHENTICATION(), SaslAuthenticationException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__UNKNOWN_GROUP(), InvalidGroupIdException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__PREV_IN_PROGRESS(), IllegalStateException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__EXISTING_SUBSCRIPTION(), IllegalStateException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__CONFLICT(), IllegalStateException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__STATE(), IllegalStateException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__READ_ONLY(), IllegalStateException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__NOT_CONFIGURED(), IllegalStateException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__UNKNOWN_PROTOCOL(), UnsupportedVersionException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE(), UnsupportedVersionException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__NOT_IMPLEMENTED(), UnsupportedOperationException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__KEY_SERIALIZATION(), SerializationException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__VALUE_SERIALIZATION(), SerializationException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__KEY_DESERIALIZATION(), SerializationException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__VALUE_DESERIALIZATION(), SerializationException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__UNKNOWN_BROKER(), BrokerNotAvailableException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__FENCED(), ProducerFencedException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST(), CommitFailedException::new);
    LOCAL.put(RD_KAFKA_RESP_ERR__DESTROY(), message -> new KafkaException("The client is closing"));
    LOCAL.put(
        RD_KAFKA_RESP_ERR__INVALID_DIFFERENT_RECORD(),
        message ->
            new KafkaException(
                "Failed to append record because it was part of a batch which had one more more"
                    + " invalid records"));
  }

  private KafkaErrors() {}

  /**
   * The exception that Kafka's client has for {@code code}.
   *
   * @param code not 0
   * @param message null for the code's own description
   */
  public static RuntimeException exception(int code, String message) {
    if (code >= -1) {
      ApiException exception = Errors.forCode((short) code).exception(message);
      return exception != null ? exception : new KafkaException(message);
    }
    String text = message != null ? message : describe(code);
    return LOCAL.getOrDefault(code, KafkaException::new).apply(text);
  }

  /**
   * Whether what failed may succeed when it is tried again: Kafka says so, or the failure is one of
   * librdkafka's own that has no exception of Kafka's, such as a leader that is not known.
   */
  public static boolean mayPass(RuntimeException failure) {
    return failure instanceof RetriableException || failure.getClass() == KafkaException.class;
  }

  /** librdkafka's one-line description of {@code code}. */
  public static String describe(int code) {
    return Memory.string(rd_kafka_err2str(code));
  }

  /** Throws the exception of {@code code}, unless it is 0. */
  public static void check(int code) {
    if (code != 0) {
      throw exception(code, null);
    }
  }
}
