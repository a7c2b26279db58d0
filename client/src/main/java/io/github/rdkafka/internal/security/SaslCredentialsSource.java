package io.github.rdkafka.internal.security;

import java.io.IOException;

/** Provides user name and password for SASL/PLAIN and SCRAM through the user's callback handler. */
public interface SaslCredentialsSource extends AutoCloseable {

  /**
   * Asks the callback handler. It is the user's code and may block: call it from a thread that may
   * wait, one at a time.
   *
   * @throws IOException when the handler fails or leaves one of the two empty
   */
  Credentials fetch() throws IOException;

  /** Closes the callback handler. Never throws, and may be called repeatedly. */
  @Override
  void close();

  /**
   * What {@code rd_kafka_sasl_set_credentials} takes.
   *
   * @param username never null
   * @param password a secret, never null
   */
  record Credentials(String username, String password) {
    @Override
    public String toString() {
      return "Credentials[username=" + username + "]";
    }
  }
}
