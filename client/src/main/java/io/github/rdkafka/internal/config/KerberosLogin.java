package io.github.rdkafka.internal.config;

import static org.apache.kafka.common.config.SaslConfigs.SASL_JAAS_CONFIG;
import static org.apache.kafka.common.config.SaslConfigs.SASL_KERBEROS_KINIT_CMD;
import static org.apache.kafka.common.config.SaslConfigs.SASL_KERBEROS_MIN_TIME_BEFORE_RELOGIN;
import static org.apache.kafka.common.config.SaslConfigs.SASL_KERBEROS_SERVICE_NAME;

import io.github.rdkafka.internal.security.JaasLogin;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** The login of GSSAPI: librdkafka runs kinit, Kafka's JAAS options say with what. */
final class KerberosLogin {
  private static final String PRINCIPAL = "sasl.kerberos.principal";
  private static final String KEYTAB = "sasl.kerberos.keytab";
  private static final String RELOGIN = "sasl.kerberos.min.time.before.relogin";
  private static final int DEFAULT_RELOGIN_MS = 60_000;

  private static final Set<String> MODULES =
      Set.of(
          "com.sun.security.auth.module.Krb5LoginModule",
          "com.ibm.security.auth.module.Krb5LoginModule");

  private KerberosLogin() {}

  static void apply(Translation to) {
    boolean loginIsRaw =
        to.raw().containsAny(PRINCIPAL, KEYTAB, "sasl.kerberos.kinit.cmd", RELOGIN)
            && to.config().getPassword(SASL_JAAS_CONFIG) == null;
    if (loginIsRaw) {
      String service = to.config().getString(SASL_KERBEROS_SERVICE_NAME);
      if (service != null) {
        to.set("sasl.kerberos.service.name", service, SASL_KERBEROS_SERVICE_NAME);
      }
      return;
    }
    JaasLogin login = JaasLogin.load(to.config().values(), "GSSAPI");
    login.requireModules(MODULES);
    to.set("sasl.kerberos.service.name", serviceName(to, login), SASL_KERBEROS_SERVICE_NAME);
    Optional<String> principal = login.option("principal");
    Optional<String> keytab = login.option("keyTab");
    principal.ifPresent(name -> to.set(PRINCIPAL, quotable(name), SASL_JAAS_CONFIG));
    keytab.ifPresent(path -> to.set(KEYTAB, quotable(path), SASL_JAAS_CONFIG));
    kinit(to, principal.isPresent(), keytab.isPresent(), login.isTrue("useKeyTab"));
  }

  /** Kafka's rules and words. */
  private static String serviceName(Translation to, JaasLogin login) {
    Optional<String> ofLogin = login.option("serviceName");
    Optional<String> ofConfig =
        Optional.ofNullable(to.config().getString(SASL_KERBEROS_SERVICE_NAME));
    if (ofLogin.isPresent() && ofConfig.isPresent() && !ofLogin.equals(ofConfig)) {
      throw new IllegalArgumentException(
          "Conflicting serviceName values found in JAAS and Kafka configs value in JAAS file "
              + ofLogin.get()
              + ", value in Kafka config "
              + ofConfig.get());
    }
    return ofLogin
        .or(() -> ofConfig)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No serviceName defined in either JAAS or Kafka config"));
  }

  /** Without a keytab there is nothing to log in with: librdkafka then uses the ticket cache. */
  private static void kinit(
      Translation to, boolean hasPrincipal, boolean hasKeytab, boolean useKeytab) {
    long relogin = to.config().getLong(SASL_KERBEROS_MIN_TIME_BEFORE_RELOGIN);
    String command = shellWord(to.config().getString(SASL_KERBEROS_KINIT_CMD));
    if (!hasKeytab && !useKeytab) {
      to.set(RELOGIN, 0, SASL_KERBEROS_MIN_TIME_BEFORE_RELOGIN);
      return;
    }
    String arguments =
        (hasKeytab ? "-t '%{" + KEYTAB + "}' " : "")
            + "-k"
            + (hasPrincipal ? " '%{" + PRINCIPAL + "}'" : "");
    to.set(
        "sasl.kerberos.kinit.cmd",
        command + " -R " + arguments + " || " + command + " " + arguments,
        SASL_KERBEROS_KINIT_CMD);
    // librdkafka logs in once per such time, where 0 is never.
    to.set(
        RELOGIN,
        relogin == 0
            ? DEFAULT_RELOGIN_MS
            : to.clamp(SASL_KERBEROS_MIN_TIME_BEFORE_RELOGIN, relogin, 1000, 86_400_000),
        SASL_KERBEROS_MIN_TIME_BEFORE_RELOGIN);
  }

  /** Kafka runs the program without a shell, librdkafka with one. */
  private static String shellWord(String program) {
    return program.matches("[A-Za-z0-9_@%+=:,./-]+") ? program : "'" + quotable(program) + "'";
  }

  private static String quotable(String value) {
    if (value.indexOf('\'') >= 0) {
      throw new ConfigException(
          SASL_JAAS_CONFIG,
          value,
          "librdkafka runs kinit in a shell: no ' may be in its arguments");
    }
    return value;
  }
}
