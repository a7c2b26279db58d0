package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.security.SaslCredentialsSource;
import io.github.rdkafka.internal.security.SaslCredentialsSource.Credentials;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the user's handler for user name and password again when a broker has refused them. The
 * first ones are among the properties; librdkafka repeats a broker's refusal every 30 seconds.
 */
final class CredentialsRefresher implements LoginTask {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialsRefresher.class);

  private final SaslCredentialsSource source;
  private final String clientId;
  private boolean due;

  CredentialsRefresher(SaslCredentialsSource source, String clientId) {
    this.source = source;
    this.clientId = clientId;
  }

  @Override
  public int events() {
    return RD_KAFKA_EVENT_ERROR();
  }

  @Override
  public long run(NativeClient client, boolean asked) {
    due |= asked;
    if (!due) {
      return NEVER;
    }
    try {
      set(client, source.fetch());
      due = false;
      return NEVER;
    } catch (IOException failure) {
      LOG.warn("[clientId={}] No credentials; trying again later", clientId, failure);
      return System.currentTimeMillis() + RETRY_MS;
    }
  }

  private void set(NativeClient client, Credentials credentials) {
    if (!client.enter()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment password = arena.allocateFrom(credentials.password());
      NativeError error =
          NativeError.take(
              rd_kafka_sasl_set_credentials(
                  client.segment(), arena.allocateFrom(credentials.username()), password));
      password.fill((byte) 0);
      if (error != null) {
        LOG.error("[clientId={}] Credentials refused: {}", clientId, error.message());
      }
    } finally {
      client.exit();
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
