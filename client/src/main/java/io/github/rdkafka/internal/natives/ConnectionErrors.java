package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import java.util.List;

/** Tells refused connections from broken ones, where librdkafka does not. */
final class ConnectionErrors {
  private static final String OPENSSL = "SSL routines";
  private static final List<String> REFUSALS =
      List.of("certificate", "unknown ca", "access denied");

  private ConnectionErrors() {}

  /**
   * The code that says what happened. With TLS 1.3 a broker refuses the client's certificate only
   * after the handshake, and librdkafka takes its alert for a failure of the network.
   */
  static int code(int code, String message) {
    boolean refused =
        code == RD_KAFKA_RESP_ERR__TRANSPORT()
            && message.contains(OPENSSL)
            && message.contains(" alert ")
            && REFUSALS.stream().anyMatch(message::contains);
    return refused ? RD_KAFKA_RESP_ERR__SSL() : code;
  }
}
