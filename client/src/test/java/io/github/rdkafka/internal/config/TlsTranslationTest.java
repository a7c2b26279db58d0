package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.Translated.assertValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.internal.security.Certificates;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTranslationTest {
  @TempDir static Path folder;

  private static Object[] stores;

  @BeforeAll
  static void makeStores() {
    Certificates made = new Certificates(folder);
    Path keystore = made.keystore("PKCS12", Certificates.STORE_PASSWORD, "client");
    stores =
        new Object[] {
          "ssl.keystore.location",
          keystore.toString(),
          "ssl.keystore.password",
          Certificates.STORE_PASSWORD,
          "ssl.truststore.location",
          made.truststore("PKCS12", keystore).toString(),
          "ssl.truststore.password",
          Certificates.STORE_PASSWORD,
        };
  }

  private static Object[] ssl(Object... keysAndValues) {
    return Stream.concat(Stream.of("security.protocol", "SSL"), Stream.of(keysAndValues)).toArray();
  }

  private static Object[] sslWithStores(Object... keysAndValues) {
    return Stream.concat(Stream.of(ssl(keysAndValues)), Stream.of(stores)).toArray();
  }

  private static NativeConfig producer(Object... keysAndValues) {
    return Translated.producer(ssl(keysAndValues));
  }

  @Test
  void withoutStoresTheJvmsAnchorsGoOver() {
    NativeConfig config = producer();
    assertValue(config, "security.protocol", "ssl");
    assertValue(config, "ssl.endpoint.identification.algorithm", "https");
    assertTrue(config.value("ssl.ca.pem").orElseThrow().startsWith("-----BEGIN CERTIFICATE-----"));
    assertValue(config, "ssl.certificate.pem", null);
    assertValue(config, "ssl.key.pem", null);
    assertValue(config, "ssl.cipher.suites", null);
    assertTrue(config.toString().length() < 5000, "a readable length");
  }

  @Test
  void storesGoOverAsPemAndTheKeyIsASecret() {
    ProducerConfig kafka = Translated.producerConfig(sslWithStores());
    NativeConfig config = ProducerConfigTranslator.translate(kafka);
    Map<String, String> properties = Translated.propertiesOf(config);
    assertTrue(properties.get("ssl.ca.pem").startsWith("-----BEGIN CERTIFICATE-----"));
    assertEquals(properties.get("ssl.ca.pem"), properties.get("ssl.certificate.pem"));
    String key = properties.get("ssl.key.pem");
    assertTrue(key.startsWith("-----BEGIN PRIVATE KEY-----"));
    assertFalse(config.toString().contains("PRIVATE KEY"));
    config.properties().stream()
        .filter(property -> property.name().equals("ssl.key.pem"))
        .forEach(
            property -> {
              assertTrue(property.secret());
              assertEquals("ssl.keystore.location", property.kafkaKey());
            });
    assertEquals(Set.of("key.serializer", "value.serializer"), kafka.unused());
  }

  @Test
  void secretsAreNotLogged() {
    String log = Logged.during(() -> Translated.consumer(sslWithStores()));
    assertFalse(log.contains(Certificates.STORE_PASSWORD), log);
    assertFalse(log.contains("PRIVATE KEY"), log);
  }

  @Test
  void certificatesGivenToLibrdkafkaTakeThePlaceOfKafkas() {
    NativeConfig authorities =
        Translated.producer(sslWithStores("ssl.ca.location", "/etc/ssl/certs"));
    assertValue(authorities, "ssl.ca.pem", null);
    assertTrue(authorities.value("ssl.key.pem").isPresent());
    NativeConfig identity =
        Translated.producer(
            sslWithStores("ssl.certificate.location", "/c.pem", "ssl.key.location", "/k.pem"));
    assertTrue(identity.value("ssl.ca.pem").isPresent());
    assertValue(identity, "ssl.certificate.pem", null);
    assertValue(identity, "ssl.key.pem", null);
    NativeConfig both =
        producer("ssl.ca.location", "/a", "librdkafka.ssl.keystore.location", "/k.p12");
    assertValue(both, "ssl.ca.pem", null);
    assertValue(both, "ssl.keystore.location", "/k.p12");
  }

  @ParameterizedTest
  @CsvSource({"https, https", "HTTPS, https", "'', none"})
  void endpointIdentification(String value, String expected) {
    assertValue(
        producer("ssl.endpoint.identification.algorithm", value),
        "ssl.endpoint.identification.algorithm",
        expected);
  }

  @Test
  void cipherSuitesOfTls12AreNamedAsOpenSslDoes() {
    assertValue(
        producer(
            "ssl.cipher.suites",
            "TLS_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,"
                + "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"),
        "ssl.cipher.suites",
        "ECDHE-RSA-AES256-GCM-SHA384:DHE-RSA-AES128-SHA");
  }

  @Test
  void cipherSuitesOfTls13AloneHaveNoEffectAndThatIsSaid() {
    String log =
        Logged.during(
            () ->
                assertValue(
                    producer("ssl.cipher.suites", "TLS_AES_256_GCM_SHA384"),
                    "ssl.cipher.suites",
                    null));
    assertTrue(log.contains("ssl.cipher.suites = [TLS_AES_256_GCM_SHA384] has no effect"), log);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.2,TLSv1.3", "TLSv1.1,TLSv1.2"})
  void protocolsWithTls12AreAccepted(String protocols) {
    assertValue(producer("ssl.enabled.protocols", protocols), "security.protocol", "ssl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ssl.enabled.protocols | TLSv1.3 | cannot be enforced by librdkafka",
        "ssl.enabled.protocols | TLSv1.1 | cannot be enforced by librdkafka",
        "ssl.cipher.suites | NO_SUCH_SUITE | is not a cipher suite known to this client",
        "ssl.endpoint.identification.algorithm | LDAPS | is not supported; use https",
      })
  void whatCannotBeHonouredIsRefused(String key, String value, String message) {
    ConfigException failure = assertThrows(ConfigException.class, () -> producer(key, value));
    assertTrue(failure.getMessage().contains(key), failure.getMessage());
    assertTrue(failure.getMessage().contains(message), failure.getMessage());
  }

  @Test
  void anEngineFactoryOfOnesOwnIsRefused() {
    ConfigException failure =
        assertThrows(
            ConfigException.class,
            () -> producer("ssl.engine.factory.class", OwnEngineFactory.class.getName()));
    assertTrue(failure.getMessage().contains("TLS is done by OpenSSL"), failure.getMessage());
    assertValue(
        producer("ssl.engine.factory.class", DefaultSslEngineFactory.class),
        "security.protocol",
        "ssl");
  }

  /** Never made. */
  abstract static class OwnEngineFactory implements SslEngineFactory {}

  @Test
  void aProviderHasNoEffectAndThatIsSaid() {
    String log = Logged.during(() -> producer("ssl.provider", "SunJSSE"));
    assertTrue(log.contains("ssl.provider has no effect"), log);
  }

  @Test
  void aStoreThatCannotBeReadIsKafkasError() {
    KafkaException failure =
        assertThrows(
            KafkaException.class, () -> producer("ssl.truststore.location", "/no/such.jks"));
    assertEquals("Failed to load SSL keystore /no/such.jks of type JKS", failure.getMessage());
  }
}
