package io.github.rdkafka.internal.natives;

import io.github.rdkafka.internal.config.NativeConfig;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one client that asks the user's callback handlers for tokens or credentials, which
 * may take long and must not hold up the event loop. Clients that authenticate without such
 * handlers have none.
 */
final class Login {
  private static final Logger LOG = LoggerFactory.getLogger(Login.class);

  /** How long closing waits for a handler that does not heed an interrupt. */
  private static final long LAST_WAIT_MILLIS = 1000;

  private final LoginTask task;
  private final String clientId;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private boolean asked;
  private boolean closed;
  private Thread thread;

  private Login(LoginTask task, String clientId) {
    this.task = task;
    this.clientId = clientId;
  }

  /**
   * Prepares the login that {@code config} asks for, if any; fetches a first token.
   *
   * @throws org.apache.kafka.common.KafkaException when there is no first token, as with Kafka
   */
  static Login of(NativeConfig config, String clientId) {
    if (config.oauthBearer().isPresent()) {
      return new Login(
          OAuthBearerRefresher.withFirstToken(config.oauthBearer().get(), clientId), clientId);
    }
    return new Login(
        config
            .saslCredentials()
            .map(source -> new CredentialsRefresher(source, clientId))
            .orElse(null),
        clientId);
  }

  int events() {
    return task == null ? 0 : task.events();
  }

  void start(NativeClient client) {
    if (task != null) {
      lock.lock();
      try {
        thread =
            Thread.ofPlatform()
                .name("rdkafka-login | " + clientId)
                .daemon(true)
                .start(() -> serve(client));
      } finally {
        lock.unlock();
      }
    }
  }

  /** Any thread: librdkafka wants another token or other credentials. */
  void ask() {
    lock.lock();
    try {
      asked = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes what the user gave and asks the thread to end, without waiting for it. Once, by whoever
   * closes the client.
   */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      if (thread != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
    if (task != null) {
      task.close();
    }
  }

  /**
   * Waits for the end of the thread. Only a handler that heeds neither its closing nor an interrupt
   * lets it live on, until that returns; it does not touch the client then.
   */
  void join() throws InterruptedException {
    Thread last = thread();
    if (last != null) {
      TimeUnit.MILLISECONDS.timedJoin(last, LAST_WAIT_MILLIS);
      if (last.isAlive()) {
        LOG.warn("[clientId={}] The login's callback handler has not returned", clientId);
      }
    }
  }

  private void serve(NativeClient client) {
    boolean isAsked = false;
    while (!isClosed()) {
      isAsked = awaitTurn(run(client, isAsked));
    }
  }

  private long run(NativeClient client, boolean isAsked) {
    try {
      return task.run(client, isAsked);
    } catch (Throwable unexpected) {
      LOG.error("[clientId={}] Unexpected error in the login", clientId, unexpected);
      return System.currentTimeMillis() + LoginTask.RETRY_MS;
    }
  }

  /** True when asked for; false when the time has come, and at the end. */
  private boolean awaitTurn(long atMs) {
    lock.lock();
    try {
      while (!closed && !asked) {
        long leftMs = atMs - System.currentTimeMillis();
        if (leftMs <= 0) {
          return false;
        }
        changed.await(leftMs, TimeUnit.MILLISECONDS);
      }
      boolean isAsked = asked;
      asked = false;
      return isAsked;
    } catch (InterruptedException closedOrStray) {
      // a handler may have left the flag set; the task looks at the clock itself
      return false;
    } finally {
      lock.unlock();
    }
  }

  private Thread thread() {
    lock.lock();
    try {
      return thread;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }
}
