package io.github.rdkafka.internal.config;

import static org.apache.kafka.common.config.SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS;
import static org.apache.kafka.common.config.SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS;
import static org.apache.kafka.common.config.SaslConfigs.SASL_LOGIN_CLASS;
import static org.apache.kafka.common.config.SaslConfigs.SASL_MECHANISM;

import io.github.rdkafka.internal.security.CallbackTokens;
import io.github.rdkafka.internal.security.JaasLogin;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;

/** SASL: the mechanism, and the login of Kafka's configuration in librdkafka's terms. */
final class SaslTranslation {
  private static final String UNSECURED = "enable.sasl.oauthbearer.unsecure.jwt";

  private SaslTranslation() {}

  static void apply(Translation to) {
    refuseClass(to, SASL_LOGIN_CLASS, "custom Login implementations are not supported");
    String mechanism = mechanism(to);
    switch (mechanism) {
      case "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512" -> {
        refuseClass(to, SASL_LOGIN_CALLBACK_HANDLER_CLASS, "is for OAUTHBEARER, not " + mechanism);
        PasswordLogin.apply(to, mechanism);
      }
      case "GSSAPI" -> {
        refuseClass(to, SASL_LOGIN_CALLBACK_HANDLER_CLASS, "is for OAUTHBEARER, not " + mechanism);
        refuseClass(to, SASL_CLIENT_CALLBACK_HANDLER_CLASS, "is not supported with " + mechanism);
        KerberosLogin.apply(to);
      }
      case "OAUTHBEARER" -> {
        refuseClass(to, SASL_CLIENT_CALLBACK_HANDLER_CLASS, "is not supported with " + mechanism);
        oauthBearer(to, mechanism);
      }
      default ->
          throw new ConfigException(
              SASL_MECHANISM,
              mechanism,
              "SASL mechanism " + mechanism + " is not supported by librdkafka");
    }
    to.markWithoutEffect(SaslKeys.TABLE);
  }

  /** Users of librdkafka know the key in the plural; it is one mechanism all the same. */
  private static String mechanism(Translation to) {
    String mechanism = to.config().getString(SASL_MECHANISM);
    to.set("sasl.mechanism", mechanism, SASL_MECHANISM);
    return to.raw()
        .value("sasl.mechanism")
        .or(() -> to.raw().value("sasl.mechanisms"))
        .orElse(mechanism);
  }

  /** Kafka's callback handler runs in Java, unless librdkafka is told to find tokens by itself. */
  private static void oauthBearer(Translation to, String mechanism) {
    if (to.raw().value(UNSECURED).filter("true"::equalsIgnoreCase).isPresent()) {
      throw new ConfigException(
          UNSECURED,
          true,
          "librdkafka would not renew its token; Kafka's OAuthBearerLoginModule makes unsecured"
              + " tokens from its options unsecuredLogin...");
    }
    if (to.raw().value("sasl.oauthbearer.method").filter("oidc"::equalsIgnoreCase).isPresent()) {
      refuseClass(
          to, SASL_LOGIN_CALLBACK_HANDLER_CLASS, "librdkafka is told to find tokens by itself");
      return;
    }
    Map<String, Object> values = SecurityTranslation.valuesForPlugins(to.config());
    JaasLogin login = JaasLogin.load(values, mechanism);
    login.requireModules(Set.of(OAuthBearerLoginModule.class.getName()));
    Class<?> handler = to.config().getClass(SASL_LOGIN_CALLBACK_HANDLER_CLASS);
    to.oauthBearer(CallbackTokens.create(handler, values, login));
  }

  private static void refuseClass(Translation to, String key, String why) {
    Class<?> type = to.config().getClass(key);
    if (type != null) {
      throw new ConfigException(key, type.getName(), why);
    }
  }
}
