package io.github.rdkafka.internal.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class CipherSuitesTest {

  @Test
  void namesAreTranslatedInOrder() {
    assertEquals(
        List.of("ECDHE-RSA-AES128-GCM-SHA256", "DHE-RSA-CHACHA20-POLY1305"),
        CipherSuites.openSslNames(
            List.of(
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_AES_128_GCM_SHA256",
                "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256")));
    assertEquals(List.of(), CipherSuites.openSslNames(List.of("TLS_AES_256_GCM_SHA384")));
  }

  @Test
  void anUnknownSuiteIsRefused() {
    ConfigException failure =
        assertThrows(
            ConfigException.class,
            () -> CipherSuites.openSslNames(List.of("ECDHE-RSA-AES128-GCM-SHA256")));
    assertEquals(
        "Invalid value ECDHE-RSA-AES128-GCM-SHA256 for configuration ssl.cipher.suites: is not a"
            + " cipher suite known to this client",
        failure.getMessage());
  }

  @Test
  void everySuiteOfThisJvmIsKnown() throws Exception {
    List<String> suites =
        Arrays.asList(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    long ofTls13 = suites.stream().filter(CipherSuites::isTls13).count();
    long signals = suites.stream().filter(suite -> suite.endsWith("_SCSV")).count();
    assertEquals(suites.size() - ofTls13 - signals, CipherSuites.openSslNames(suites).size());
  }
}
