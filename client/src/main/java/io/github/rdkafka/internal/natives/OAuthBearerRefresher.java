package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.security.OAuthBearerTokenSource;
import io.github.rdkafka.internal.security.OAuthBearerTokenSource.Token;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives librdkafka a token, and a new one by Kafka's schedule.
 *
 * <p>librdkafka asks too, at its own time. That is no more than a reason to look at the clock,
 * which may have been set: fetching at once would override {@code sasl.login.refresh.*}.
 */
final class OAuthBearerRefresher implements LoginTask {
  private static final Logger LOG = LoggerFactory.getLogger(OAuthBearerRefresher.class);
  private static final int ERROR_BYTES = 512;

  private final OAuthBearerTokenSource source;
  private final String clientId;
  private Token first;
  private long expiresAtMs;
  private long nextAtMs;

  private OAuthBearerRefresher(OAuthBearerTokenSource source, String clientId, Token first) {
    this.source = source;
    this.clientId = clientId;
    this.first = first;
  }

  /**
   * Fetches the first token, which may take a while.
   *
   * @throws KafkaException when there is none
   */
  static OAuthBearerRefresher withFirstToken(OAuthBearerTokenSource source, String clientId) {
    try {
      return new OAuthBearerRefresher(source, clientId, source.fetch());
    } catch (IOException failure) {
      throw new KafkaException("No OAUTHBEARER token: " + failure.getMessage(), failure);
    }
  }

  @Override
  public int events() {
    return RD_KAFKA_EVENT_OAUTHBEARER_TOKEN_REFRESH();
  }

  @Override
  public long run(NativeClient client, boolean asked) {
    if (first != null) {
      Token token = first;
      first = null;
      use(client, token);
    } else if (System.currentTimeMillis() >= nextAtMs) {
      refresh(client);
    }
    return nextAtMs;
  }

  private void refresh(NativeClient client) {
    try {
      use(client, source.fetch());
    } catch (IOException failure) {
      failed(client, failure.getMessage());
    }
  }

  private void use(NativeClient client, Token token) {
    if (!client.enter()) {
      return;
    }
    String refusal;
    try {
      refusal = set(client, token);
    } finally {
      client.exit();
    }
    if (refusal != null) {
      failed(client, refusal);
      return;
    }
    expiresAtMs = token.lifetimeMs();
    nextAtMs = source.refreshAtMs(token, System.currentTimeMillis());
  }

  /** Null, or why librdkafka does not take the token. */
  private static String set(NativeClient client, Token token) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(ERROR_BYTES);
      MemorySegment value = arena.allocateFrom(token.value());
      int code =
          rd_kafka_oauthbearer_set_token(
              client.segment(),
              value,
              token.lifetimeMs(),
              arena.allocateFrom(token.principalName()),
              extensions(arena, token.extensions()),
              token.extensions().size() * 2L,
              error,
              ERROR_BYTES);
      value.fill((byte) 0);
      return code == 0 ? null : error.getString(0);
    }
  }

  /** Names and values by turns. */
  private static MemorySegment extensions(Arena arena, Map<String, String> extensions) {
    MemorySegment array = arena.allocate(ValueLayout.ADDRESS, extensions.size() * 2L + 1);
    long index = 0;
    for (Map.Entry<String, String> extension : extensions.entrySet()) {
      array.setAtIndex(ValueLayout.ADDRESS, index++, arena.allocateFrom(extension.getKey()));
      array.setAtIndex(ValueLayout.ADDRESS, index++, arena.allocateFrom(extension.getValue()));
    }
    return array;
  }

  /** As long as the last token lives there is no reason to disturb the user with an exception. */
  private void failed(NativeClient client, String reason) {
    long nowMs = System.currentTimeMillis();
    nextAtMs = nowMs + RETRY_MS;
    if (!client.enter()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      LOG.warn("[clientId={}] No new OAUTHBEARER token; trying again later: {}", clientId, reason);
      if (nowMs >= expiresAtMs) {
        rd_kafka_oauthbearer_set_token_failure(client.segment(), arena.allocateFrom(reason));
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
