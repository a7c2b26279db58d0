package io.github.rdkafka.it.security;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.apache.kafka.common.security.oauthbearer.internals.unsecured.OAuthBearerUnsecuredLoginCallbackHandler;

/** Kafka's handler of unsecured tokens, counting what is asked of it. */
public class ShortTokens extends OAuthBearerUnsecuredLoginCallbackHandler {
  static final AtomicInteger ASKED = new AtomicInteger();
  static final AtomicInteger CLOSED = new AtomicInteger();

  static void reset() {
    ASKED.set(0);
    CLOSED.set(0);
  }

  @Override
  public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
    if (callbacks[0] instanceof OAuthBearerTokenCallback) {
      beforeToken(ASKED.incrementAndGet());
    }
    super.handle(callbacks);
  }

  void beforeToken(int number) throws IOException {}

  @Override
  public void close() {
    CLOSED.incrementAndGet();
    super.close();
  }

  /** Has a first token only; the token endpoint does not answer to the second request. */
  public static final class Hanging extends ShortTokens {
    @Override
    void beforeToken(int number) throws IOException {
      if (number > 1) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException interrupt) {
          throw new IOException("interrupted", interrupt);
        }
      }
    }
  }

  /** Has a first token only. */
  public static final class Exhausted extends ShortTokens {
    @Override
    void beforeToken(int number) throws IOException {
      if (number > 1) {
        throw new IOException("no more tokens");
      }
    }
  }

  /** Has none. */
  public static final class None extends ShortTokens {
    @Override
    void beforeToken(int number) throws IOException {
      throw new IOException("no tokens today");
    }
  }
}
