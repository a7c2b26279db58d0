package io.github.rdkafka.internal.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rdkafka.internal.security.SaslCredentialsSource.Credentials;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class CallbackCredentialsTest {
  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";

  @Test
  void theHandlerIsAsked() throws IOException {
    try (CallbackCredentials source =
        create(
            Handlers.Credentials.class,
            MODULE + ";",
            Map.of("my.user", "alice", "my.password", "s3cret"))) {
      Credentials credentials = source.fetch();
      assertEquals(new Credentials("alice", "s3cret"), credentials);
      assertFalse(credentials.toString().contains("s3cret"));
    }
  }

  @Test
  void theHandlerFindsTheLoginModulesOptionsInTheSubject() throws IOException {
    try (CallbackCredentials source =
        create(
            Handlers.Credentials.class,
            MODULE + "username=\"bob\";",
            Map.of("my.password", "s3cret"))) {
      assertEquals("bob", source.fetch().username());
    }
  }

  @Test
  void failuresAreIoExceptionsThatSayWhy() {
    assertFails(
        "The SASL client callback handler failed: java.lang.IllegalStateException: vault is sealed",
        Handlers.Failing.class,
        Map.of());
    assertFails(
        "The SASL client callback handler gave no user name or no password",
        Handlers.Credentials.class,
        Map.of("my.user", "alice"));
  }

  private static void assertFails(String message, Class<?> handler, Map<String, ?> extra) {
    try (CallbackCredentials source = create(handler, MODULE + ";", extra)) {
      assertEquals(message, assertThrows(IOException.class, source::fetch).getMessage());
    }
  }

  @Test
  void theHandlerIsClosedOnce() {
    int before = Handlers.CLOSED.get();
    CallbackCredentials source = create(Handlers.Credentials.class, MODULE + ";", Map.of());
    source.close();
    source.close();
    assertEquals(before + 1, Handlers.CLOSED.get());
    assertThrows(IOException.class, source::fetch);
  }

  private static CallbackCredentials create(Class<?> handler, String jaas, Map<String, ?> extra) {
    Map<String, Object> configs = new HashMap<>(SaslValues.defaults());
    configs.put("sasl.jaas.config", new Password(jaas));
    configs.putAll(extra);
    return CallbackCredentials.create(handler, configs, JaasLogin.load(configs, "PLAIN"));
  }
}
