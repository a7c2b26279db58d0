package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.KeyTable.noEffect;
import static io.github.rdkafka.internal.config.KeyTable.refused;
import static io.github.rdkafka.internal.config.KeyTable.translated;

import org.apache.kafka.common.config.SslConfigs;

/** The keys of TLS. They count only when the security protocol uses it. */
final class TlsKeys {
  private static final String CA = "the trusted certificates go over as ssl.ca.pem";
  private static final String IDENTITY =
      "key and chain go over as ssl.key.pem, ssl.certificate.pem";

  static final KeyTable TABLE =
      KeyTable.of(
          translated(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, CA),
          translated(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, CA),
          translated(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, CA),
          translated(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, CA),
          translated(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, IDENTITY),
          translated(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, IDENTITY),
          translated(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, IDENTITY),
          translated(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, IDENTITY),
          translated(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, IDENTITY),
          translated(SslConfigs.SSL_KEY_PASSWORD_CONFIG, IDENTITY),
          translated(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "empty is none"),
          translated(SslConfigs.SSL_CIPHER_SUITES_CONFIG, "IANA's names become OpenSSL's"),
          refused(
              SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG,
              "unless it has TLSv1.2: librdkafka negotiates TLSv1.2 or TLSv1.3"),
          refused(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, "TLS is done by OpenSSL"),
          noEffect(SslConfigs.SSL_PROTOCOL_CONFIG, "OpenSSL negotiates the version"),
          noEffect(SslConfigs.SSL_PROVIDER_CONFIG, "TLS is done by OpenSSL"),
          noEffect(SslConfigs.SSL_KEYMANAGER_ALGORITHM_CONFIG, "TLS is done by OpenSSL"),
          noEffect(SslConfigs.SSL_TRUSTMANAGER_ALGORITHM_CONFIG, "TLS is done by OpenSSL"),
          noEffect(SslConfigs.SSL_SECURE_RANDOM_IMPLEMENTATION_CONFIG, "TLS is done by OpenSSL"));

  private TlsKeys() {}
}
