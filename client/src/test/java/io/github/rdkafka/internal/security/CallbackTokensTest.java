package io.github.rdkafka.internal.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.junit.jupiter.api.Test;

class CallbackTokensTest {
  private static final String MODULE =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required ";

  @Test
  void kafkasDefaultMakesUnsecuredTokens() throws IOException {
    try (CallbackTokens tokens =
        create(
            null,
            MODULE + "unsecuredLoginStringClaim_sub=\"bob\" unsecuredLoginExtension_traceId=\"7\";",
            Map.of())) {
      OAuthBearerTokenSource.Token token = tokens.fetch();
      long now = System.currentTimeMillis();
      assertEquals("bob", token.principalName());
      assertEquals(Map.of("traceId", "7"), token.extensions());
      assertEquals(3, token.value().split("\\.", -1).length);
      assertTrue(token.lifetimeMs() > now);
      assertTrue(token.startTimeMs() <= token.lifetimeMs());
      long refreshAt = tokens.refreshAtMs(token, now);
      assertTrue(refreshAt > now && refreshAt < token.lifetimeMs(), "at " + refreshAt);
      assertFalse(token.toString().contains(token.value()));
    }
  }

  @Test
  void aHandlerWithoutExtensionsIsEnough() throws IOException {
    Handlers.Token given = new Handlers.Token("abc", 2_000, null);
    try (CallbackTokens tokens =
        create(Handlers.Tokens.class, MODULE + ";", Map.of("my.token", given))) {
      OAuthBearerTokenSource.Token token = tokens.fetch();
      assertEquals("abc", token.value());
      assertEquals(2_000, token.lifetimeMs());
      assertNull(token.startTimeMs());
      assertEquals("alice", token.principalName());
      assertEquals(Map.of(), token.extensions());
    }
  }

  @Test
  void failuresAreIoExceptionsThatSayWhy() {
    assertFails("invalid_token: expired", Handlers.Tokens.class, Map.of("my.token", "expired"));
    assertFails("The SASL login callback handler gave no token", Handlers.Tokens.class, Map.of());
    assertFails(
        "The SASL login callback handler failed: java.lang.IllegalStateException: vault is sealed",
        Handlers.Failing.class,
        Map.of());
  }

  private static void assertFails(String message, Class<?> handler, Map<String, ?> extra) {
    try (CallbackTokens tokens = create(handler, MODULE + ";", extra)) {
      assertEquals(message, assertThrows(IOException.class, tokens::fetch).getMessage());
    }
  }

  @Test
  void theHandlerIsClosedOnce() {
    int before = Handlers.CLOSED.get();
    CallbackTokens tokens = create(Handlers.Tokens.class, MODULE + ";", Map.of());
    tokens.close();
    tokens.close();
    assertEquals(before + 1, Handlers.CLOSED.get());
    assertThrows(IOException.class, tokens::fetch);
  }

  @Test
  void aHandlerThatCannotBeConfiguredIsClosedAndItsFailureKept() {
    int before = Handlers.CLOSED.get();
    ConfigException failure =
        assertThrows(
            ConfigException.class,
            () -> create(Handlers.Unconfigurable.class, MODULE + ";", Map.of()));
    assertEquals("my.key is missing", failure.getMessage());
    assertEquals(before + 1, Handlers.CLOSED.get());
  }

  @Test
  void aClassOfAnotherKindIsRefused() {
    ConfigException failure =
        assertThrows(ConfigException.class, () -> create(String.class, MODULE + ";", Map.of()));
    assertEquals(
        "Invalid value java.lang.String for configuration sasl.login.callback.handler.class: must"
            + " implement org.apache.kafka.common.security.auth.AuthenticateCallbackHandler",
        failure.getMessage());
  }

  @Test
  void kafkasTokenRetrieverGetsItsKeys() {
    ConfigException failure =
        assertThrows(
            ConfigException.class,
            () -> create(OAuthBearerLoginCallbackHandler.class, MODULE + ";", Map.of()));
    assertTrue(
        failure.getMessage().contains("sasl.oauthbearer.token.endpoint.url"), failure.getMessage());
  }

  private static CallbackTokens create(Class<?> handler, String jaas, Map<String, ?> extra) {
    Map<String, Object> configs = new HashMap<>(SaslValues.defaults());
    configs.put("sasl.jaas.config", new Password(jaas));
    configs.putAll(extra);
    return CallbackTokens.create(handler, configs, JaasLogin.load(configs, "OAUTHBEARER"));
  }
}
