package io.github.rdkafka.internal.security;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;

/** Callback handlers as users write them. */
public final class Handlers {
  public static final AtomicInteger CLOSED = new AtomicInteger();

  private Handlers() {}

  private abstract static class Base implements AuthenticateCallbackHandler {
    Map<String, ?> configs;

    @Override
    public void configure(
        Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
      this.configs = configs;
    }

    @Override
    public void close() {
      CLOSED.incrementAndGet();
    }
  }

  /** Gives user name and password from keys of its own, and what the login module left. */
  public static final class Credentials extends Base {
    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
      for (Callback callback : callbacks) {
        if (callback instanceof NameCallback name) {
          Set<String> left = Subject.current().getPublicCredentials(String.class);
          name.setName(left.isEmpty() ? (String) configs.get("my.user") : left.iterator().next());
        } else if (callback instanceof PasswordCallback password) {
          String text = (String) configs.get("my.password");
          if (text != null) {
            password.setPassword(text.toCharArray());
          }
        } else {
          throw new UnsupportedCallbackException(callback);
        }
      }
    }
  }

  /** Fails. */
  public static final class Failing extends Base {
    @Override
    public void handle(Callback[] callbacks) {
      throw new IllegalStateException("vault is sealed");
    }
  }

  /** Cannot even be configured. */
  public static final class Unconfigurable extends Base {
    @Override
    public void configure(
        Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
      throw new ConfigException("my.key is missing");
    }

    @Override
    public void handle(Callback[] callbacks) {}
  }

  /** Gives a token from keys of its own, knows no extensions. */
  public static final class Tokens extends Base {
    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
      for (Callback callback : callbacks) {
        if (!(callback instanceof OAuthBearerTokenCallback wanted)) {
          throw new UnsupportedCallbackException(callback);
        }
        Object token = configs.get("my.token");
        if (token instanceof OAuthBearerToken given) {
          wanted.token(given);
        } else if (token != null) {
          wanted.error("invalid_token", token.toString(), null);
        }
      }
    }
  }

  /** A token that is not inspected. */
  public record Token(String value, long lifetimeMs, Long startTimeMs) implements OAuthBearerToken {
    @Override
    public Set<String> scope() {
      return Set.of();
    }

    @Override
    public String principalName() {
      return "alice";
    }
  }
}
