package io.github.rdkafka.dropin;

/**
 * What the agent says before there is a log: on standard error, because to ask for a log would
 * configure the application's before its {@code main} does.
 */
final class Messages {

  static final String ORIGINALS = " The application runs on Kafka's own clients.";

  private Messages() {}

  static void print(String message) {
    System.err.println("rdkafka-dropin: " + message);
  }
}
