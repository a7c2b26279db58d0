package io.github.rdkafka.it.security;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;

/** A user's handler whose first password is out of date. */
public final class RotatingPasswords implements AuthenticateCallbackHandler {
  static final AtomicInteger ASKED = new AtomicInteger();
  static final AtomicInteger CLOSED = new AtomicInteger();

  static void reset() {
    ASKED.set(0);
    CLOSED.set(0);
  }

  @Override
  public void configure(
      Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

  @Override
  public void handle(Callback[] callbacks) {
    boolean first = ASKED.incrementAndGet() == 1;
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback name) {
        name.setName("alice");
      } else if (callback instanceof PasswordCallback password) {
        password.setPassword((first ? "old secret" : "secret").toCharArray());
      }
    }
  }

  @Override
  public void close() {
    CLOSED.incrementAndGet();
  }
}
