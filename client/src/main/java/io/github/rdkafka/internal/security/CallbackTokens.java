package io.github.rdkafka.internal.security;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensions;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.apache.kafka.common.security.oauthbearer.internals.unsecured.OAuthBearerUnsecuredLoginCallbackHandler;
import org.apache.kafka.common.utils.Utils;

/** Asks the handler of {@code sasl.login.callback.handler.class}, as Kafka's login module does. */
public final class CallbackTokens implements OAuthBearerTokenSource {
  private final AuthenticateCallbackHandler handler;
  private final RefreshSchedule schedule;
  private final AtomicBoolean closed = new AtomicBoolean();

  private CallbackTokens(AuthenticateCallbackHandler handler, RefreshSchedule schedule) {
    this.handler = handler;
    this.schedule = schedule;
  }

  /**
   * Makes and configures the handler.
   *
   * @param type null for Kafka's default, which makes unsecured tokens from JAAS options
   * @param configs Kafka's parsed configuration
   */
  public static CallbackTokens create(Class<?> type, Map<String, ?> configs, JaasLogin login) {
    Class<?> used = type == null ? OAuthBearerUnsecuredLoginCallbackHandler.class : type;
    RefreshSchedule schedule = RefreshSchedule.of(configs);
    return new CallbackTokens(
        CallbackHandlers.create(
            SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, used, configs, login),
        schedule);
  }

  @Override
  public synchronized Token fetch() throws IOException {
    if (closed.get()) {
      throw new IOException("The SASL login callback handler is closed");
    }
    OAuthBearerToken token = token();
    Map<String, String> extensions = extensions().map();
    return new Token(
        token.value(), token.startTimeMs(), token.lifetimeMs(), token.principalName(), extensions);
  }

  private OAuthBearerToken token() throws IOException {
    OAuthBearerTokenCallback callback = new OAuthBearerTokenCallback();
    try {
      handler.handle(new Callback[] {callback});
    } catch (UnsupportedCallbackException | RuntimeException | LinkageError e) {
      // Kafka's own handlers need jackson-databind, which kafka-clients leaves to users to add.
      throw new IOException("The SASL login callback handler failed: " + e, e);
    }
    if (callback.errorCode() != null) {
      throw new IOException(callback.errorCode() + ": " + callback.errorDescription());
    }
    if (callback.token() == null) {
      throw new IOException("The SASL login callback handler gave no token");
    }
    return callback.token();
  }

  private SaslExtensions extensions() throws IOException {
    SaslExtensionsCallback callback = new SaslExtensionsCallback();
    try {
      handler.handle(new Callback[] {callback});
    } catch (UnsupportedCallbackException e) {
      return SaslExtensions.empty();
    } catch (RuntimeException | LinkageError e) {
      throw new IOException("The SASL login callback handler failed: " + e, e);
    }
    if (callback.extensions() == null) {
      throw new IOException("Extensions cannot be null.");
    }
    return callback.extensions();
  }

  @Override
  public long refreshAtMs(Token token, long nowMs) {
    return schedule.refreshAtMs(token.startTimeMs(), token.lifetimeMs(), nowMs);
  }

  /** Does not wait for a call in progress, which may be far from its end. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Utils.closeQuietly(handler::close, "SASL login callback handler");
    }
  }
}
