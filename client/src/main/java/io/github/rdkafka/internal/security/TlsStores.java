package io.github.rdkafka.internal.security;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Key and trust stores of any kind that Kafka reads (JKS, PKCS12, PEM in files or in place, a
 * provider's own), given out as PEM. Kafka's own code loads them, hence with Kafka's own errors.
 */
public final class TlsStores {
  private static final Logger LOG = LoggerFactory.getLogger(TlsStores.class);

  private final Map<String, ?> configs;
  private final KeyStore keystore;
  private final KeyStore truststore;

  /**
   * The client's own certificate.
   *
   * @param chainPem the certificate and those that vouch for it
   * @param keyPem the private key, unencrypted: a secret
   */
  public record Identity(String chainPem, String keyPem) {
    @Override
    public String toString() {
      return "Identity[]";
    }
  }

  private TlsStores(Map<String, ?> configs, KeyStore keystore, KeyStore truststore) {
    this.configs = configs;
    this.keystore = keystore;
    this.truststore = truststore;
  }

  /**
   * Loads what the {@code ssl.*} keys name.
   *
   * @param configs Kafka's parsed configuration
   * @throws KafkaException if a store cannot be read, in Kafka's words
   */
  public static TlsStores load(Map<String, ?> configs) {
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(configs);
      return new TlsStores(configs, factory.keystore(), factory.truststore());
    }
  }

  /** The certificates that vouch for brokers: the truststore's, or else the JVM's. */
  public String trustedPem() {
    if (truststore == null) {
      return JvmTrustAnchors.pem();
    }
    List<Certificate> trusted = new ArrayList<>();
    try {
      for (String alias : Collections.list(truststore.aliases())) {
        // Of a key entry Java trusts the first certificate, too.
        Certificate certificate = truststore.getCertificate(alias);
        if (certificate != null) {
          trusted.add(certificate);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new KafkaException("Failed to read the SSL truststore", e);
    }
    if (trusted.isEmpty()) {
      throw new ConfigException(
          SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
          configs.get(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG),
          "The truststore has no certificate");
    }
    return Pem.of(trusted);
  }

  /** The first private key of the keystore with its certificates; empty without a keystore. */
  public Optional<Identity> identity() {
    if (keystore == null) {
      return Optional.empty();
    }
    try {
      List<String> aliases = new ArrayList<>();
      for (String alias : Collections.list(keystore.aliases())) {
        if (keystore.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
          aliases.add(alias);
        }
      }
      if (aliases.isEmpty()) {
        LOG.warn("The SSL keystore has no private key: the client will show no certificate.");
        return Optional.empty();
      }
      if (aliases.size() > 1) {
        LOG.warn("The SSL keystore has the private keys {}: {} is used.", aliases, aliases.get(0));
      }
      return Optional.of(identity(aliases.get(0)));
    } catch (GeneralSecurityException e) {
      throw new KafkaException("Failed to read the SSL keystore", e);
    }
  }

  private Identity identity(String alias) throws GeneralSecurityException {
    PrivateKey key = (PrivateKey) keystore.getKey(alias, keyPassword());
    String keyPem = Pem.of(key);
    if (keyPem == null) {
      throw new ConfigException(
          SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
          configs.get(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG),
          "The private key cannot be taken out of the keystore, as OpenSSL needs it");
    }
    return new Identity(Pem.of(Arrays.asList(keystore.getCertificateChain(alias))), keyPem);
  }

  /** As Kafka: the key's own password, else the store's, which PEM does not have. */
  private char[] keyPassword() {
    Password password = (Password) configs.get(SslConfigs.SSL_KEY_PASSWORD_CONFIG);
    if (password == null) {
      password = (Password) configs.get(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG);
    }
    return password == null ? null : password.value().toCharArray();
  }
}
