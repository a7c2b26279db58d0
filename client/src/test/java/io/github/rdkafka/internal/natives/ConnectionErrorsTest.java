package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ConnectionErrorsTest {
  private static final int BROKEN = RD_KAFKA_RESP_ERR__TRANSPORT();
  private static final int REFUSED = RD_KAFKA_RESP_ERR__SSL();

  @Test
  void anAlertAboutTheCertificateIsARefusal() {
    assertEquals(
        REFUSED,
        ConnectionErrors.code(
            BROKEN,
            "ssl://b:1/1: Receive failed: error:0A00045C:SSL routines::tlsv13 alert certificate"
                + " required: SSL alert number 116 (after 0ms in state APIVERSION_QUERY)"));
    assertEquals(
        REFUSED,
        ConnectionErrors.code(
            BROKEN, "Receive failed: error:0A000418:SSL routines::tlsv1 alert unknown ca"));
  }

  @Test
  void othersKeepTheirCode() {
    assertEquals(BROKEN, ConnectionErrors.code(BROKEN, "ssl://certificate:1/1: Disconnected"));
    assertEquals(
        BROKEN,
        ConnectionErrors.code(
            BROKEN, "Receive failed: error:0A000438:SSL routines::tlsv1 alert internal error"));
    int resolve = RD_KAFKA_RESP_ERR__RESOLVE();
    assertEquals(resolve, ConnectionErrors.code(resolve, "Failed to resolve"));
  }
}
