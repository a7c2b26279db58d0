package io.github.rdkafka.testing;

/**
 * A test cluster could not be started, or a broker did not do what was asked of it in time. The
 * message ends with the last lines of the broker's log and names the file that holds all of it.
 */
public final class KafkaClusterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KafkaClusterException(String message) {
    super(message);
  }

  KafkaClusterException(String message, Throwable cause) {
    super(message, cause);
  }

  /** For a wait that was interrupted; the thread is interrupted after this. */
  static KafkaClusterException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new KafkaClusterException("interrupted", e);
  }
}
