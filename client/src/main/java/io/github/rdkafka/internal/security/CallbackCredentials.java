package io.github.rdkafka.internal.security;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.utils.Utils;

/** Asks the handler of {@code sasl.client.callback.handler.class}. */
public final class CallbackCredentials implements SaslCredentialsSource {
  private final AuthenticateCallbackHandler handler;
  private final Subject subject = new Subject();
  private final AtomicBoolean closed = new AtomicBoolean();

  private CallbackCredentials(AuthenticateCallbackHandler handler, JaasLogin login) {
    this.handler = handler;
    // What Kafka's login modules leave there, where handlers look for it.
    login.option("username").ifPresent(subject.getPublicCredentials()::add);
    login.option("password").ifPresent(subject.getPrivateCredentials()::add);
  }

  /**
   * Makes and configures the handler.
   *
   * @param configs Kafka's parsed configuration
   */
  public static CallbackCredentials create(Class<?> type, Map<String, ?> configs, JaasLogin login) {
    return new CallbackCredentials(
        CallbackHandlers.create(
            SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, type, configs, login),
        login);
  }

  @Override
  public synchronized Credentials fetch() throws IOException {
    if (closed.get()) {
      throw new IOException("The SASL client callback handler is closed");
    }
    NameCallback name = new NameCallback("Name: ");
    PasswordCallback password = new PasswordCallback("Password: ", false);
    try {
      Subject.callAs(
          subject,
          () -> {
            handler.handle(new Callback[] {name, password});
            return null;
          });
      return credentials(name.getName(), password.getPassword());
    } catch (CompletionException e) {
      throw new IOException("The SASL client callback handler failed: " + e.getCause(), e);
    } finally {
      password.clearPassword();
    }
  }

  private static Credentials credentials(String name, char[] password) throws IOException {
    if (name == null || name.isEmpty() || password == null || password.length == 0) {
      throw new IOException("The SASL client callback handler gave no user name or no password");
    }
    return new Credentials(name, new String(password));
  }

  /** Does not wait for a call in progress, which may be far from its end. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Utils.closeQuietly(handler::close, "SASL client callback handler");
    }
  }
}
