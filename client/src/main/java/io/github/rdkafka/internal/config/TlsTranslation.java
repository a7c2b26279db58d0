package io.github.rdkafka.internal.config;

import static org.apache.kafka.common.config.SslConfigs.SSL_CIPHER_SUITES_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_KEYSTORE_KEY_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_PROVIDER_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG;
import static org.apache.kafka.common.config.SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG;

import io.github.rdkafka.internal.security.CipherSuites;
import io.github.rdkafka.internal.security.TlsStores;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** TLS is done by OpenSSL, with the certificates that Kafka's configuration names. */
final class TlsTranslation {
  private TlsTranslation() {}

  static void apply(Translation to) {
    engineFactory(to);
    enabledProtocols(to);
    cipherSuites(to);
    endpointIdentification(to);
    if (to.config().getString(SSL_PROVIDER_CONFIG) != null) {
      to.warn("{} has no effect: TLS is done by OpenSSL.", SSL_PROVIDER_CONFIG);
    }
    stores(to);
    to.markWithoutEffect(TlsKeys.TABLE);
  }

  private static void engineFactory(Translation to) {
    Class<?> factory = to.config().getClass(SSL_ENGINE_FACTORY_CLASS_CONFIG);
    if (factory != null && factory != DefaultSslEngineFactory.class) {
      throw new ConfigException(
          SSL_ENGINE_FACTORY_CLASS_CONFIG,
          factory.getName(),
          "is not supported, for TLS is done by OpenSSL");
    }
  }

  /** To widen in silence what the user restricts would be worse than to refuse it. */
  private static void enabledProtocols(Translation to) {
    List<String> protocols = to.config().getList(SSL_ENABLED_PROTOCOLS_CONFIG);
    if (!protocols.isEmpty() && !protocols.contains("TLSv1.2")) {
      throw new ConfigException(
          SSL_ENABLED_PROTOCOLS_CONFIG,
          protocols,
          "cannot be enforced by librdkafka, which negotiates TLSv1.2 or TLSv1.3;"
              + " the list must have TLSv1.2");
    }
  }

  private static void cipherSuites(Translation to) {
    List<String> suites = to.config().getList(SSL_CIPHER_SUITES_CONFIG);
    if (suites.isEmpty()) {
      return;
    }
    List<String> names = CipherSuites.openSslNames(suites);
    if (names.isEmpty()) {
      to.warn(
          "{} = {} has no effect: librdkafka cannot choose among the suites of TLSv1.3.",
          SSL_CIPHER_SUITES_CONFIG,
          suites);
    } else {
      to.set("ssl.cipher.suites", String.join(":", names), SSL_CIPHER_SUITES_CONFIG);
    }
  }

  private static void endpointIdentification(Translation to) {
    String algorithm = to.config().getString(SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
    boolean off = algorithm == null || algorithm.isEmpty();
    if (!off && !algorithm.equalsIgnoreCase("https")) {
      throw new ConfigException(
          SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
          algorithm,
          "is not supported; use https, or an empty value for none");
    }
    to.set(
        "ssl.endpoint.identification.algorithm",
        off ? "none" : "https",
        SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
  }

  /** Certificates that the user gives to librdkafka directly take the place of Kafka's. */
  private static void stores(Translation to) {
    boolean ownAuthorities = to.raw().containsPrefix("ssl.ca.");
    boolean ownIdentity =
        to.raw().containsPrefix("ssl.key.")
            || to.raw().containsPrefix("ssl.certificate.")
            || to.raw().containsPrefix("ssl.keystore.");
    if (ownAuthorities && ownIdentity) {
      return;
    }
    TlsStores stores = TlsStores.load(to.config().values());
    if (!ownAuthorities) {
      to.set(
          "ssl.ca.pem",
          stores.trustedPem(),
          to.isSetByUser(SSL_TRUSTSTORE_CERTIFICATES_CONFIG)
              ? SSL_TRUSTSTORE_CERTIFICATES_CONFIG
              : SSL_TRUSTSTORE_LOCATION_CONFIG);
    }
    if (!ownIdentity) {
      stores.identity().ifPresent(identity -> identity(to, identity));
    }
  }

  private static void identity(Translation to, TlsStores.Identity identity) {
    boolean inline = to.isSetByUser(SSL_KEYSTORE_KEY_CONFIG);
    to.set(
        "ssl.certificate.pem",
        identity.chainPem(),
        inline ? SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG : SSL_KEYSTORE_LOCATION_CONFIG);
    to.setSecret(
        "ssl.key.pem",
        identity.keyPem(),
        inline ? SSL_KEYSTORE_KEY_CONFIG : SSL_KEYSTORE_LOCATION_CONFIG);
  }
}
