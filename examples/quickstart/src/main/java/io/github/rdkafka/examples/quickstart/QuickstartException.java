package io.github.rdkafka.examples.quickstart;

/** Something is missing, wrong or too late; the message says what. */
final class QuickstartException extends RuntimeException {
  QuickstartException(String message) {
    super(message);
  }

  QuickstartException(String message, Throwable cause) {
    super(message, cause);
  }
}
