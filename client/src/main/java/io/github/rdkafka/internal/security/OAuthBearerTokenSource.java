package io.github.rdkafka.internal.security;

import java.io.IOException;
import java.util.Map;

/** Provides the tokens with which a client authenticates by SASL/OAUTHBEARER. */
public interface OAuthBearerTokenSource extends AutoCloseable {

  /**
   * Asks Kafka's login callback handler for a token. It may call a token endpoint and so block for
   * as long as the configuration allows: call it from a thread that may wait, one at a time.
   *
   * @throws IOException when no token can be had now; the message is fit for {@code
   *     rd_kafka_oauthbearer_set_token_failure}
   */
  Token fetch() throws IOException;

  /**
   * When to fetch the next token, by Kafka's {@code sasl.login.refresh.*} keys.
   *
   * @param token the token in use
   * @param nowMs the time now
   * @return a point in time after {@code nowMs}, both in milliseconds since the epoch
   */
  long refreshAtMs(Token token, long nowMs);

  /** Closes the callback handler. Never throws, and may be called repeatedly. */
  @Override
  void close();

  /**
   * A token and what goes to the broker with it.
   *
   * @param value the token in its compact form, a secret
   * @param startTimeMs when its life began, in milliseconds since the epoch; null if it does not
   *     say
   * @param lifetimeMs when it expires, in milliseconds since the epoch
   * @param principalName whom it names
   * @param extensions SASL extensions (KIP-342), by name
   */
  record Token(
      String value,
      Long startTimeMs,
      long lifetimeMs,
      String principalName,
      Map<String, String> extensions) {
    public Token {
      extensions = Map.copyOf(extensions);
    }

    @Override
    public String toString() {
      return "Token[principalName=" + principalName + ", lifetimeMs=" + lifetimeMs + "]";
    }
  }
}
