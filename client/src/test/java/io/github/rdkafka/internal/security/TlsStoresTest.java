package io.github.rdkafka.internal.security;

import static io.github.rdkafka.internal.security.Certificates.KEY_PASSWORD;
import static io.github.rdkafka.internal.security.Certificates.STORE_PASSWORD;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsStoresTest {
  @TempDir static Path folder;

  private static Certificates made;
  private static Path jks;
  private static Path pkcs12;
  private static X509Certificate certificate;
  private static PrivateKey key;

  @BeforeAll
  static void makeStores() {
    made = new Certificates(folder);
    jks = made.keystore("JKS", KEY_PASSWORD, "client");
    pkcs12 = made.keystore("PKCS12", STORE_PASSWORD, "client");
    certificate = Certificates.certificates(pkcs12).get(0);
    key = Certificates.key(pkcs12, "client", STORE_PASSWORD);
  }

  @Test
  void jksWithAKeyPasswordOfItsOwn() throws Exception {
    TlsStores.Identity identity =
        identity(
            "ssl.keystore.location", jks,
            "ssl.keystore.type", "JKS",
            "ssl.keystore.password", STORE_PASSWORD,
            "ssl.key.password", KEY_PASSWORD);
    assertEquals(Certificates.certificates(jks), parse(identity.chainPem()));
    assertArrayEquals(
        Certificates.key(jks, "client", KEY_PASSWORD).getEncoded(),
        parseKey(identity.keyPem()).getEncoded());
  }

  @Test
  void pkcs12WithTheStoresPassword() throws Exception {
    assertIdentity(
        identity(
            "ssl.keystore.location", pkcs12,
            "ssl.keystore.type", "PKCS12",
            "ssl.keystore.password", STORE_PASSWORD));
  }

  @Test
  void pemInAFile() throws Exception {
    Path file = made.file("key.pem", Certificates.pem(key) + Certificates.pem(certificate));
    assertIdentity(identity("ssl.keystore.location", file, "ssl.keystore.type", "PEM"));
  }

  @Test
  void pemInAFileWithAnEncryptedKey() throws Exception {
    Path file =
        made.file(
            "encrypted.pem",
            Certificates.encryptedPem(key, KEY_PASSWORD) + Certificates.pem(certificate));
    assertIdentity(
        identity(
            "ssl.keystore.location", file,
            "ssl.keystore.type", "PEM",
            "ssl.key.password", KEY_PASSWORD));
  }

  @Test
  void pemInPlace() throws Exception {
    assertIdentity(
        identity(
            "ssl.keystore.key", Certificates.pem(key),
            "ssl.keystore.certificate.chain", Certificates.pem(certificate),
            "ssl.keystore.type", "PEM"));
  }

  @Test
  void anIdentityDoesNotShowItsKey() {
    TlsStores.Identity identity =
        identity(
            "ssl.keystore.location", pkcs12,
            "ssl.keystore.type", "PKCS12",
            "ssl.keystore.password", STORE_PASSWORD);
    assertFalse(identity.toString().contains("KEY"));
  }

  @Test
  void theFirstOfSeveralKeysIsUsed() throws Exception {
    Path store = made.keystore("PKCS12", STORE_PASSWORD, "a", "b");
    TlsStores.Identity identity =
        identity(
            "ssl.keystore.location", store,
            "ssl.keystore.type", "PKCS12",
            "ssl.keystore.password", STORE_PASSWORD);
    assertEquals(
        "CN=a",
        ((X509Certificate) parse(identity.chainPem()).get(0)).getSubjectX500Principal().toString());
  }

  @Test
  void aKeystoreWithoutAKeyIsNoIdentity() {
    Path store = made.truststore("PKCS12", pkcs12);
    assertTrue(
        load(
                "ssl.keystore.location", store,
                "ssl.keystore.type", "PKCS12",
                "ssl.keystore.password", STORE_PASSWORD)
            .identity()
            .isEmpty());
  }

  @Test
  void withoutAKeystoreThereIsNoIdentity() {
    assertTrue(load().identity().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"JKS", "PKCS12"})
  void everyCertificateOfATruststoreIsTrusted(String type) throws Exception {
    Path store = made.truststore(type, jks, pkcs12);
    String pem =
        load(
                "ssl.truststore.location", store,
                "ssl.truststore.type", type,
                "ssl.truststore.password", STORE_PASSWORD)
            .trustedPem();
    Set<Certificate> expected = new HashSet<>(Certificates.certificates(jks));
    expected.add(certificate);
    assertEquals(expected, new HashSet<>(parse(pem)));
  }

  @Test
  void aJksTruststoreNeedsNoPassword() throws Exception {
    Path store = made.truststore("JKS", pkcs12);
    String pem = load("ssl.truststore.location", store, "ssl.truststore.type", "JKS").trustedPem();
    assertEquals(List.of(certificate), parse(pem));
  }

  @Test
  void trustedPemInAFileAndInPlace() throws Exception {
    String both =
        Certificates.pem(certificate) + Certificates.pem(Certificates.certificates(jks).get(0));
    Path file = made.file("trusted.pem", both);
    String fromFile =
        load("ssl.truststore.location", file, "ssl.truststore.type", "PEM").trustedPem();
    String inPlace =
        load("ssl.truststore.certificates", both, "ssl.truststore.type", "PEM").trustedPem();
    assertEquals(2, parse(fromFile).size());
    assertEquals(fromFile, inPlace);
  }

  @Test
  void theCertificateOfAKeyEntryIsTrustedAsInJava() throws Exception {
    String pem =
        load(
                "ssl.truststore.location", pkcs12,
                "ssl.truststore.type", "PKCS12",
                "ssl.truststore.password", STORE_PASSWORD)
            .trustedPem();
    assertEquals(List.of(certificate), parse(pem));
  }

  @Test
  void anEmptyTruststoreIsRefused() {
    Path store = made.truststore("JKS");
    ConfigException failure =
        assertThrows(
            ConfigException.class,
            () ->
                load("ssl.truststore.location", store, "ssl.truststore.type", "JKS").trustedPem());
    assertTrue(failure.getMessage().contains("ssl.truststore.location"), failure.getMessage());
  }

  @Test
  void withoutATruststoreTheJvmsAnchorsAreTrustedAndExportedOnce() throws Exception {
    String pem = load().trustedPem();
    assertTrue(parse(pem).size() > 50, "anchors of this JVM");
    assertSame(pem, load().trustedPem());
  }

  @Test
  void aWrongStorePasswordIsKafkasError() {
    KafkaException failure =
        assertThrows(
            KafkaException.class,
            () ->
                load(
                    "ssl.keystore.location", pkcs12,
                    "ssl.keystore.type", "PKCS12",
                    "ssl.keystore.password", "wrong"));
    assertEquals("Failed to load SSL keystore " + pkcs12 + " of type PKCS12", failure.getMessage());
  }

  @Test
  void aWrongKeyPasswordIsAnError() {
    KafkaException failure =
        assertThrows(
            KafkaException.class,
            () ->
                load(
                    "ssl.keystore.location",
                    jks,
                    "ssl.keystore.type",
                    "JKS",
                    "ssl.keystore.password",
                    STORE_PASSWORD,
                    "ssl.key.password",
                    "wrong"));
    assertFalse(failure.toString().contains("wrong"), failure.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "ssl.truststore, JKS, Failed to load SSL keystore /no/such/file of type JKS",
    "ssl.truststore, PEM, Failed to load PEM SSL keystore /no/such/file",
    "ssl.keystore, PEM, Failed to load PEM SSL keystore /no/such/file",
  })
  void aMissingFileIsKafkasError(String store, String type, String message) {
    KafkaException failure =
        assertThrows(
            KafkaException.class,
            () -> load(store + ".location", "/no/such/file", store + ".type", type));
    assertEquals(message, failure.getMessage());
  }

  @Test
  void contradictingKeysAreKafkasError() {
    InvalidConfigurationException failure =
        assertThrows(
            InvalidConfigurationException.class,
            () -> load("ssl.keystore.password", STORE_PASSWORD));
    assertEquals(
        "SSL key store is not specified, but key store password is specified.",
        failure.getMessage());
  }

  private static void assertIdentity(TlsStores.Identity identity) throws Exception {
    assertEquals(List.of(certificate), parse(identity.chainPem()));
    assertArrayEquals(key.getEncoded(), parseKey(identity.keyPem()).getEncoded());
  }

  private static TlsStores.Identity identity(Object... keysAndValues) {
    return load(keysAndValues).identity().orElseThrow();
  }

  private static TlsStores load(Object... keysAndValues) {
    Map<String, String> configs = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      configs.put((String) keysAndValues[i], keysAndValues[i + 1].toString());
    }
    ConfigDef keys = new ConfigDef().withClientSslSupport();
    keys.define(
        "security.providers", ConfigDef.Type.STRING, null, ConfigDef.Importance.LOW, "providers");
    return TlsStores.load(new AbstractConfig(keys, configs, false).values());
  }

  private static List<Certificate> parse(String pem) throws Exception {
    return new ArrayList<>(
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
  }

  private static PrivateKey parseKey(String pem) throws Exception {
    String body =
        pem.replace("-----BEGIN PRIVATE KEY-----", "").replace("-----END PRIVATE KEY-----", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
  }
}
