package io.github.rdkafka.internal.config;

import static org.apache.kafka.common.config.SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS;
import static org.apache.kafka.common.config.SaslConfigs.SASL_JAAS_CONFIG;

import io.github.rdkafka.internal.security.CallbackCredentials;
import io.github.rdkafka.internal.security.JaasLogin;
import io.github.rdkafka.internal.security.SaslCredentialsSource;
import io.github.rdkafka.internal.security.SaslCredentialsSource.Credentials;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** The login of PLAIN and SCRAM: user name and password. */
final class PasswordLogin {
  private static final Set<String> MODULES =
      Set.of(PlainLoginModule.class.getName(), ScramLoginModule.class.getName());

  private PasswordLogin() {}

  static void apply(Translation to, String mechanism) {
    Class<?> handler = to.config().getClass(SASL_CLIENT_CALLBACK_HANDLER_CLASS);
    if (handler == null
        && to.raw().contains("sasl.username")
        && to.raw().contains("sasl.password")) {
      return;
    }
    Map<String, Object> values = SecurityTranslation.valuesForPlugins(to.config());
    JaasLogin login = JaasLogin.load(values, mechanism);
    login.requireModules(MODULES);
    if (login.isTrue(ScramLoginModule.TOKEN_AUTH_CONFIG)) {
      throw refused("delegation tokens (tokenauth) are not supported by librdkafka");
    }
    if (handler == null) {
      set(to, fromOptions(login), SASL_JAAS_CONFIG);
    } else {
      fromHandler(to, CallbackCredentials.create(handler, values, login));
    }
  }

  private static Credentials fromOptions(JaasLogin login) {
    String username = login.option("username").orElse("");
    String password = login.option("password").orElse("");
    if (username.isEmpty() || password.isEmpty()) {
      throw refused("the login module needs the options username and password");
    }
    return new Credentials(username, password);
  }

  /** librdkafka needs them from the start; the client asks again when they are rejected. */
  private static void fromHandler(Translation to, SaslCredentialsSource source) {
    try {
      set(to, source.fetch(), SASL_CLIENT_CALLBACK_HANDLER_CLASS);
      to.saslCredentials(source);
    } catch (IOException e) {
      source.close();
      throw new KafkaException(e.getMessage(), e);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private static void set(Translation to, Credentials credentials, String key) {
    // librdkafka strips it and would fail to authenticate for no visible reason.
    if (Character.isWhitespace(credentials.username().charAt(0))
        || Character.isWhitespace(credentials.password().charAt(0))) {
      throw new ConfigException(
          key + ": with librdkafka, user name and password cannot begin with white space");
    }
    to.set("sasl.username", credentials.username(), key);
    to.setSecret("sasl.password", credentials.password(), key);
  }

  private static ConfigException refused(String why) {
    return new ConfigException(SASL_JAAS_CONFIG, "[hidden]", why);
  }
}
