package io.github.rdkafka.it.security;

import io.github.rdkafka.testing.KafkaCluster;
import io.github.rdkafka.testing.KafkaClusterBuilder;
import io.github.rdkafka.testing.KafkaClusterExtension;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.oauthbearer.internals.unsecured.OAuthBearerUnsecuredValidatorCallbackHandler;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** A broker with a listener for each way to authenticate, and how clients connect to it. */
final class SecureCluster {
  static final String MTLS = "MTLS";
  static final String ELSEWHERE = "ELSEWHERE";
  static final String USERS = "USERS";
  static final String TOKENS = "TOKENS";

  private static final KeyStores STORES = new KeyStores();
  private static final Path BROKER = STORES.key("localhost");
  private static final Path BROKER_ELSEWHERE = STORES.key("elsewhere.example");
  private static final Path CLIENT = STORES.key("alice.example");
  private static final Path STRANGER = STORES.key("stranger.example");
  private static final Path TRUSTED_CLIENTS = STORES.trust("clients", CLIENT);
  private static final Path TRUSTED_BROKERS = STORES.trust("brokers", BROKER, BROKER_ELSEWHERE);
  private static final Path TRUSTED_STRANGERS = STORES.trust("strangers", STRANGER);

  private static final KafkaClusterBuilder DESCRIPTION =
      KafkaCluster.builder()
          .host("localhost")
          .listener(MTLS, SecurityProtocol.SSL, mtls())
          .listener(ELSEWHERE, SecurityProtocol.SSL, store("keystore", BROKER_ELSEWHERE))
          .listener(USERS, SecurityProtocol.SASL_PLAINTEXT, users())
          .listener(TOKENS, SecurityProtocol.SASL_SSL, tokens());

  private SecureCluster() {}

  /** The one broker for all classes that ask. */
  static KafkaClusterExtension extension() {
    return KafkaClusterExtension.shared(DESCRIPTION);
  }

  /** For a client that trusts the brokers and has a key of its own. */
  static Map<String, Object> tls() {
    Map<String, Object> config = trusting(TRUSTED_BROKERS);
    config.putAll(store("keystore", CLIENT));
    return config;
  }

  static Map<String, Object> tlsWithoutKey() {
    return trusting(TRUSTED_BROKERS);
  }

  static Map<String, Object> tlsTrustingOthers() {
    return trusting(TRUSTED_STRANGERS);
  }

  /** For a client with a key of its own that is told of no one to trust. */
  static Map<String, Object> tlsTrustingByDefault() {
    Map<String, Object> config = new HashMap<>(store("keystore", CLIENT));
    config.put("security.protocol", "SSL");
    return config;
  }

  /** Options for a JVM that trusts the brokers and nobody else. */
  static List<String> jvmTrustingBrokers() {
    return jvmTrusting(TRUSTED_BROKERS);
  }

  static List<String> jvmTrustingOthers() {
    return jvmTrusting(TRUSTED_STRANGERS);
  }

  /** The brokers' certificates, as a machine has its authorities'. */
  static String brokersPem() {
    return KeyStores.pem(BROKER) + KeyStores.pem(BROKER_ELSEWHERE);
  }

  /** For a login by user name and password. */
  static Map<String, Object> password(String mechanism, String user, String password) {
    String module =
        mechanism.equals("PLAIN")
            ? PlainLoginModule.class.getName()
            : ScramLoginModule.class.getName();
    return sasl(
        SecurityProtocol.SASL_PLAINTEXT,
        mechanism,
        module + " required username=\"" + user + "\" password=\"" + password + "\";");
  }

  /** For a login by unsecured tokens, which Kafka's handler makes of the module's options. */
  static Map<String, Object> token(String options) {
    Map<String, Object> config =
        sasl(
            SecurityProtocol.SASL_SSL,
            "OAUTHBEARER",
            OAuthBearerLoginModule.class.getName() + " required " + options + ";");
    config.putAll(store("truststore", TRUSTED_BROKERS));
    return config;
  }

  private static Map<String, Object> sasl(
      SecurityProtocol protocol, String mechanism, String jaas) {
    Map<String, Object> config = new HashMap<>();
    config.put("security.protocol", protocol.name);
    config.put("sasl.mechanism", mechanism);
    config.put("sasl.jaas.config", jaas);
    return config;
  }

  private static List<String> jvmTrusting(Path store) {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + store,
        "-Djavax.net.ssl.trustStorePassword=" + KeyStores.PASSWORD,
        "-Djavax.net.ssl.trustStoreType=PKCS12");
  }

  private static Map<String, Object> trusting(Path store) {
    Map<String, Object> config = new HashMap<>(store("truststore", store));
    config.put("security.protocol", "SSL");
    return config;
  }

  private static Map<String, String> store(String kind, Path store) {
    return Map.of(
        "ssl." + kind + ".location",
        store.toString(),
        "ssl." + kind + ".password",
        KeyStores.PASSWORD,
        "ssl." + kind + ".type",
        "PKCS12");
  }

  private static Map<String, String> mtls() {
    Map<String, String> settings = new HashMap<>(store("keystore", BROKER));
    settings.putAll(store("truststore", TRUSTED_CLIENTS));
    settings.put("ssl.client.auth", "required");
    return settings;
  }

  private static Map<String, String> users() {
    return Map.of(
        "sasl.enabled.mechanisms",
        "PLAIN,SCRAM-SHA-256",
        "plain.sasl.jaas.config",
        PlainLoginModule.class.getName() + " required user_alice=\"secret\";",
        "scram-sha-256.sasl.jaas.config",
        ScramLoginModule.class.getName() + " required;");
  }

  /** Connections do not outlive the token with which they were made. */
  private static Map<String, String> tokens() {
    Map<String, String> settings = new HashMap<>(store("keystore", BROKER));
    settings.put("sasl.enabled.mechanisms", "OAUTHBEARER");
    settings.put(
        "oauthbearer.sasl.jaas.config", OAuthBearerLoginModule.class.getName() + " required;");
    settings.put(
        "oauthbearer.sasl.server.callback.handler.class",
        OAuthBearerUnsecuredValidatorCallbackHandler.class.getName());
    settings.put("oauthbearer.connections.max.reauth.ms", "600000");
    return settings;
  }
}
