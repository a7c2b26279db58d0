package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.Translated.assertValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.internal.security.Handlers;
import io.github.rdkafka.internal.security.OAuthBearerTokenSource;
import io.github.rdkafka.internal.security.SaslCredentialsSource.Credentials;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.authenticator.DefaultLogin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaslTranslationTest {
  private static final String PLAIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";
  private static final String SCRAM =
      "org.apache.kafka.common.security.scram.ScramLoginModule required ";
  private static final String OAUTHBEARER =
      "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required ";
  private static final String ALICE = "username=\"alice\" password=\"s3cret\";";

  private static Object[] sasl(String mechanism, Object... keysAndValues) {
    return Stream.concat(
            Stream.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", mechanism),
            Stream.of(keysAndValues))
        .toArray();
  }

  private static NativeConfig producer(String mechanism, Object... keysAndValues) {
    return Translated.producer(sasl(mechanism, keysAndValues));
  }

  private static String refused(String mechanism, Object... keysAndValues) {
    return assertThrows(ConfigException.class, () -> producer(mechanism, keysAndValues))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, org.apache.kafka.common.security.plain.PlainLoginModule",
    "SCRAM-SHA-256, org.apache.kafka.common.security.scram.ScramLoginModule",
    "SCRAM-SHA-512, org.apache.kafka.common.security.scram.ScramLoginModule",
  })
  void userAndPasswordComeFromTheLoginModule(String mechanism, String module) {
    ProducerConfig kafka =
        Translated.producerConfig(
            sasl(mechanism, "sasl.jaas.config", module + " required " + ALICE));
    NativeConfig config = ProducerConfigTranslator.translate(kafka);
    assertValue(config, "security.protocol", "sasl_plaintext");
    assertValue(config, "sasl.mechanism", mechanism);
    assertValue(config, "sasl.username", "alice");
    assertValue(config, "sasl.password", "s3cret");
    assertFalse(config.toString().contains("s3cret"));
    assertTrue(config.saslCredentials().isEmpty());
    assertEquals(Set.of("key.serializer", "value.serializer"), kafka.unused());
  }

  @Test
  void tlsAndSaslTogether() {
    NativeConfig config =
        Translated.consumer(
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "PLAIN",
            "sasl.jaas.config", PLAIN + ALICE);
    assertValue(config, "security.protocol", "sasl_ssl");
    assertValue(config, "sasl.username", "alice");
    assertTrue(config.value("ssl.ca.pem").isPresent());
  }

  @Test
  void secretsAreNotLogged() {
    String log = Logged.during(() -> producer("PLAIN", "sasl.jaas.config", PLAIN + ALICE));
    assertFalse(log.contains("s3cret"), log);
  }

  @Test
  void loginsThatCannotBeHonouredAreRefusedWithoutShowingThem() {
    assertEquals(
        "Invalid value [hidden] for configuration sasl.jaas.config: the login module needs the"
            + " options username and password",
        refused("PLAIN", "sasl.jaas.config", PLAIN + "password=\"s3cret\";"));
    assertEquals(
        "Invalid value [hidden] for configuration sasl.jaas.config: delegation tokens (tokenauth)"
            + " are not supported by librdkafka",
        refused("SCRAM-SHA-256", "sasl.jaas.config", SCRAM + "tokenauth=\"true\" " + ALICE));
    assertEquals(
        "sasl.jaas.config: with librdkafka, user name and password cannot begin with white space",
        refused("PLAIN", "sasl.jaas.config", PLAIN + "username=\"alice\" password=\" s3cret\";"));
    assertEquals(
        "Invalid value my.LoginModule for configuration sasl.jaas.config: This login module is not"
            + " supported with the SASL mechanism PLAIN",
        refused("PLAIN", "sasl.jaas.config", "my.LoginModule required " + ALICE));
  }

  @Test
  void aMissingLoginIsKafkasError() {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> producer("PLAIN"));
    assertTrue(
        failure.getMessage().startsWith("Could not find a 'KafkaClient' entry"),
        failure.getMessage());
  }

  @Test
  void unknownMechanismsAreRefused() {
    assertEquals(
        "Invalid value AWS_MSK_IAM for configuration sasl.mechanism: SASL mechanism AWS_MSK_IAM is"
            + " not supported by librdkafka",
        refused("AWS_MSK_IAM", "sasl.jaas.config", "my.LoginModule required;"));
  }

  @Test
  void aClientCallbackHandlerGivesTheCredentials() throws Exception {
    NativeConfig config =
        producer(
            "SCRAM-SHA-512",
            "sasl.jaas.config",
            SCRAM + ";",
            "sasl.client.callback.handler.class",
            Handlers.Credentials.class.getName(),
            "my.user",
            "bob",
            "my.password",
            "s3cret");
    assertValue(config, "sasl.username", "bob");
    assertValue(config, "sasl.password", "s3cret");
    assertEquals(new Credentials("bob", "s3cret"), config.saslCredentials().orElseThrow().fetch());
    int before = Handlers.CLOSED.get();
    config.closeSources();
    assertEquals(before + 1, Handlers.CLOSED.get());
  }

  @Test
  void aFailingClientCallbackHandlerIsClosed() {
    int before = Handlers.CLOSED.get();
    KafkaException failure =
        assertThrows(
            KafkaException.class,
            () ->
                producer(
                    "PLAIN",
                    "sasl.jaas.config",
                    PLAIN + ";",
                    "sasl.client.callback.handler.class",
                    Handlers.Failing.class));
    assertTrue(failure.getMessage().contains("vault is sealed"), failure.getMessage());
    assertEquals(before + 1, Handlers.CLOSED.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GSSAPI", "OAUTHBEARER"})
  void aClientCallbackHandlerIsForPasswordsOnly(String mechanism) {
    String message =
        refused(mechanism, "sasl.client.callback.handler.class", Handlers.Credentials.class);
    assertTrue(message.contains("sasl.client.callback.handler.class"), message);
    assertTrue(message.contains("is not supported with " + mechanism), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "GSSAPI"})
  void aLoginCallbackHandlerIsForTokensOnly(String mechanism) {
    String message = refused(mechanism, "sasl.login.callback.handler.class", Handlers.Tokens.class);
    assertTrue(message.contains("is for OAUTHBEARER, not " + mechanism), message);
  }

  @Test
  void aLoginClassIsRefused() {
    String message = refused("PLAIN", "sasl.login.class", DefaultLogin.class);
    assertTrue(message.contains("custom Login implementations are not supported"), message);
  }

  @Test
  void theLoginCallbackHandlerGivesTokens() throws Exception {
    Handlers.Token token = new Handlers.Token("abc", 5_000, null);
    ProducerConfig kafka =
        Translated.producerConfig(
            sasl(
                "OAUTHBEARER",
                "sasl.jaas.config",
                OAUTHBEARER + ";",
                "sasl.login.callback.handler.class",
                Handlers.Tokens.class,
                "sasl.login.refresh.buffer.seconds",
                "0",
                "my.token",
                token));
    NativeConfig config = ProducerConfigTranslator.translate(kafka);
    assertValue(config, "sasl.mechanism", "OAUTHBEARER");
    try (OAuthBearerTokenSource source = config.oauthBearer().orElseThrow()) {
      assertEquals("abc", source.fetch().value());
    }
    assertEquals(Set.of("key.serializer", "value.serializer"), kafka.unused());
  }

  @Test
  void kafkasOauthbearerKeysDoNotReachLibrdkafka() {
    NativeConfig config =
        producer(
            "OAUTHBEARER",
            "sasl.jaas.config",
            OAUTHBEARER + "unsecuredLoginStringClaim_sub=\"bob\";",
            "sasl.oauthbearer.scope",
            "all",
            "sasl.oauthbearer.token.endpoint.url",
            "https://example.org/token");
    assertTrue(
        config.properties().stream()
            .noneMatch(property -> property.name().startsWith("sasl.oauthbearer")));
    config.closeSources();
  }

  @Test
  void librdkafkasOwnTokensNeedNoLogin() {
    NativeConfig oidc =
        producer(
            "OAUTHBEARER",
            "librdkafka.sasl.oauthbearer.method",
            "oidc",
            "librdkafka.sasl.oauthbearer.token.endpoint.url",
            "https://example.org/token",
            "sasl.oauthbearer.client.id",
            "me",
            "sasl.oauthbearer.client.secret",
            "s3cret");
    assertTrue(oidc.oauthBearer().isEmpty());
    assertValue(oidc, "sasl.oauthbearer.token.endpoint.url", "https://example.org/token");
    String message =
        refused("OAUTHBEARER", "librdkafka.enable.sasl.oauthbearer.unsecure.jwt", "true");
    assertTrue(message.contains("would not renew"), message);
    message =
        refused(
            "OAUTHBEARER",
            "sasl.oauthbearer.method",
            "oidc",
            "sasl.login.callback.handler.class",
            Handlers.Tokens.class);
    assertTrue(message.contains("librdkafka is told to find tokens by itself"), message);
  }

  @Test
  void aLoginInLibrdkafkasTermsIsEnough() {
    NativeConfig config =
        Translated.producer(
            "security.protocol", "SASL_PLAINTEXT",
            "sasl.mechanisms", "PLAIN",
            "sasl.username", "alice",
            "sasl.password", "s3cret");
    assertValue(config, "sasl.mechanisms", "PLAIN");
    assertValue(config, "sasl.password", "s3cret");
    assertFalse(config.toString().contains("s3cret"));
  }

  @Test
  void aLoginInLibrdkafkasTermsWinsOverJaas() {
    NativeConfig config =
        producer(
            "PLAIN",
            "sasl.jaas.config",
            PLAIN + ALICE,
            "librdkafka.sasl.username",
            "bob",
            "librdkafka.sasl.password",
            "other");
    assertValue(config, "sasl.username", "bob");
    assertValue(config, "sasl.password", "other");
  }

  @Test
  void withoutSaslNoMechanismIsSet() {
    assertValue(Translated.producer("sasl.mechanism", "PLAIN"), "sasl.mechanism", null);
  }
}
