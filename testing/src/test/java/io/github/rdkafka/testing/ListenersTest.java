package io.github.rdkafka.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenersTest {

  private static final String PASSWORD = "password";
  private static final String PLAIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";

  @TempDir static Path folder;

  private static Path store;
  private static KafkaCluster kafka;

  @BeforeAll
  static void start() throws Exception {
    store = selfSigned();
    kafka =
        KafkaCluster.builder()
            .host("localhost")
            .listener(
                "users",
                SecurityProtocol.SASL_PLAINTEXT,
                Map.of(
                    "sasl.enabled.mechanisms",
                    "PLAIN",
                    "plain.sasl.jaas.config",
                    PLAIN + "user_alice=\"secret\";"))
            .listener("secure", SecurityProtocol.SSL, keyStore())
            .start();
    kafka.createTopic("topic", 1);
    Records.produce(kafka.bootstrapServers(), "topic", List.of("plaintext"));
  }

  @AfterAll
  static void close() {
    kafka.close();
  }

  @Test
  void eachListenerHasItsAddress() {
    assertEquals("localhost:" + kafka.port(1, "SECURE"), kafka.bootstrapServers("secure"));
    assertNotEquals(kafka.bootstrapServers(), kafka.bootstrapServers("SECURE"));
    assertNotEquals(kafka.bootstrapServers("USERS"), kafka.bootstrapServers("SECURE"));
  }

  @Test
  void tls() {
    Map<String, Object> config =
        Map.of(
            "security.protocol",
            "SSL",
            "ssl.truststore.location",
            store.toString(),
            "ssl.truststore.password",
            PASSWORD);
    assertEquals(
        List.of("plaintext"),
        Records.consume(kafka.bootstrapServers("SECURE"), "topic", 1, config));
  }

  @Test
  void sasl() {
    assertEquals(
        List.of("plaintext"),
        Records.consume(kafka.bootstrapServers("USERS"), "topic", 1, alice("secret")));
  }

  @Test
  void wrongPasswordIsRefused() {
    try (var producer = Records.producer(kafka.bootstrapServers("USERS"), alice("guess"))) {
      ExecutionException e =
          assertThrows(
              ExecutionException.class,
              () -> producer.send(Records.record("topic", "x")).get(30, TimeUnit.SECONDS));
      assertInstanceOf(SaslAuthenticationException.class, e.getCause());
    }
  }

  private static Map<String, Object> alice(String password) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        PLAIN + "username=\"alice\" password=\"" + password + "\";");
  }

  private static Map<String, String> keyStore() {
    return Map.of(
        "ssl.keystore.location",
        store.toString(),
        "ssl.keystore.password",
        PASSWORD,
        "ssl.key.password",
        PASSWORD);
  }

  private static Path selfSigned() throws IOException, InterruptedException {
    Path file = folder.resolve("localhost.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keystore",
            file.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost");
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, keytool.waitFor(), said);
    return file;
  }
}
