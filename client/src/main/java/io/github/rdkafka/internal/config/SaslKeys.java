package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.KeyTable.java;
import static io.github.rdkafka.internal.config.KeyTable.noEffect;
import static io.github.rdkafka.internal.config.KeyTable.refused;
import static io.github.rdkafka.internal.config.KeyTable.translated;

import java.util.stream.Stream;
import org.apache.kafka.common.config.SaslConfigs;

/** The keys of SASL. They count only when the security protocol uses it. */
final class SaslKeys {
  private static final String REFRESH = "Kafka's schedule of OAUTHBEARER token refreshes";
  private static final String RETRIEVAL = "Kafka's token retrieval runs in Java";

  private static final KeyTable OWN =
      KeyTable.of(
          translated(SaslConfigs.SASL_MECHANISM, "same names"),
          translated(SaslConfigs.SASL_JAAS_CONFIG, "the login module's options"),
          java(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, "asked for PLAIN and SCRAM"),
          java(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, "asked for OAUTHBEARER tokens"),
          refused(SaslConfigs.SASL_LOGIN_CLASS, "custom Login implementations are not supported"),
          translated(SaslConfigs.SASL_KERBEROS_SERVICE_NAME, "or the login module's serviceName"),
          translated(SaslConfigs.SASL_KERBEROS_KINIT_CMD, "becomes a shell command there"),
          translated(SaslConfigs.SASL_KERBEROS_MIN_TIME_BEFORE_RELOGIN, "same"),
          noEffect(SaslConfigs.SASL_KERBEROS_TICKET_RENEW_JITTER, "kinit runs at a fixed interval"),
          noEffect(
              SaslConfigs.SASL_KERBEROS_TICKET_RENEW_WINDOW_FACTOR,
              "kinit runs at a fixed interval"));

  private static final KeyTable RETRIEVAL_AND_REFRESH =
      KeyTable.of(
          java(SaslConfigs.SASL_LOGIN_CONNECT_TIMEOUT_MS, RETRIEVAL),
          java(SaslConfigs.SASL_LOGIN_READ_TIMEOUT_MS, RETRIEVAL),
          java(SaslConfigs.SASL_LOGIN_RETRY_BACKOFF_MS, RETRIEVAL),
          java(SaslConfigs.SASL_LOGIN_RETRY_BACKOFF_MAX_MS, RETRIEVAL),
          java(SaslConfigs.SASL_LOGIN_REFRESH_WINDOW_FACTOR, REFRESH),
          java(SaslConfigs.SASL_LOGIN_REFRESH_WINDOW_JITTER, REFRESH),
          java(SaslConfigs.SASL_LOGIN_REFRESH_MIN_PERIOD_SECONDS, REFRESH),
          java(SaslConfigs.SASL_LOGIN_REFRESH_BUFFER_SECONDS, REFRESH));

  /**
   * Many of them share a name with librdkafka's own OIDC; they all go to Kafka's login callback
   * handler, never to librdkafka.
   */
  private static final KeyTable OAUTHBEARER =
      KeyTable.of(
          Stream.of(
                  SaslConfigs.SASL_OAUTHBEARER_JWT_RETRIEVER_CLASS,
                  SaslConfigs.SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS,
                  SaslConfigs.SASL_OAUTHBEARER_SCOPE,
                  SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID,
                  SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET,
                  SaslConfigs.SASL_OAUTHBEARER_ASSERTION_ALGORITHM,
                  SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_AUD,
                  SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_EXP_SECONDS,
                  SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_ISS,
                  SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_JTI_INCLUDE,
                  SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_NBF_SECONDS,
                  SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_SUB,
                  SaslConfigs.SASL_OAUTHBEARER_ASSERTION_FILE,
                  SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE,
                  SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_PASSPHRASE,
                  SaslConfigs.SASL_OAUTHBEARER_ASSERTION_TEMPLATE_FILE,
                  SaslConfigs.SASL_OAUTHBEARER_SCOPE_CLAIM_NAME,
                  SaslConfigs.SASL_OAUTHBEARER_SUB_CLAIM_NAME,
                  SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL,
                  SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_URL,
                  SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_REFRESH_MS,
                  SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MS,
                  SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MAX_MS,
                  SaslConfigs.SASL_OAUTHBEARER_CLOCK_SKEW_SECONDS,
                  SaslConfigs.SASL_OAUTHBEARER_EXPECTED_AUDIENCE,
                  SaslConfigs.SASL_OAUTHBEARER_EXPECTED_ISSUER,
                  SaslConfigs.SASL_OAUTHBEARER_HEADER_URLENCODE)
              .map(key -> java(key, "goes to Kafka's login callback handler"))
              .toArray(KeyTable.Entry[]::new));

  static final KeyTable TABLE = OWN.plus(RETRIEVAL_AND_REFRESH).plus(OAUTHBEARER);

  private SaslKeys() {}
}
