package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.config.NativeConfig;
import io.github.rdkafka.internal.config.ProducerConfigTranslator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.callback.Callback;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensions;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens on their way to librdkafka, without a broker. */
class LoginTest {
  private static final AtomicInteger CLOSED = new AtomicInteger();

  private final BlockingQueue<String> errors = new LinkedBlockingQueue<>();

  @BeforeEach
  void reset() {
    CLOSED.set(0);
  }

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, LiveObjects.count());
    assertEquals(0, logins());
    assertEquals(1, CLOSED.get());
  }

  @Test
  void aGoodTokenIsNoError() throws InterruptedException {
    NativeClient client = open(Good.class);
    assertEquals(1, logins());
    close(client);
    assertTrue(errors.isEmpty(), errors.toString());
  }

  @Test
  void anExpiredTokenIsReported() throws InterruptedException {
    NativeClient client = open(Expired.class);
    assertTrue(nextError().contains("Must supply an unexpired token"));
    close(client);
  }

  @Test
  void anExtensionThatCannotBeSentIsReported() throws InterruptedException {
    NativeClient client = open(BadExtension.class);
    assertTrue(nextError().contains("extension"));
    close(client);
  }

  @Test
  void aFailureToMakeTheClientClosesTheHandler() {
    assertThrows(KafkaException.class, () -> open(Good.class, "librdkafka.no.such", "1"));
  }

  private NativeClient open(Class<?> handler, Object... keyAndValue) {
    NativeConfig config = config(handler, keyAndValue);
    EventHandler events =
        new EventHandler() {
          @Override
          public void onError(int code, String message, boolean fatal) {
            if (code == RD_KAFKA_RESP_ERR__AUTHENTICATION()) {
              errors.add(message);
            }
          }
        };
    return NativeClient.open(
        RD_KAFKA_PRODUCER(), config, 0, NativeClient.Customizer.NONE, events, "c", "rdkafka-test");
  }

  private static void close(NativeClient client) throws InterruptedException {
    assertTrue(client.close(Deadline.afterMillis(30_000), 0));
  }

  private String nextError() throws InterruptedException {
    String error = errors.poll(30, TimeUnit.SECONDS);
    assertTrue(error != null, "no error");
    return error;
  }

  private static long logins() {
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    return threads.stream().filter(thread -> thread.getName().startsWith("rdkafka-login")).count();
  }

  private static NativeConfig config(Class<?> handler, Object... keyAndValue) {
    Map<String, Object> map = new HashMap<>();
    map.put("bootstrap.servers", "localhost:1");
    map.put("key.serializer", StringSerializer.class);
    map.put("value.serializer", StringSerializer.class);
    map.put("security.protocol", "SASL_PLAINTEXT");
    map.put("sasl.mechanism", "OAUTHBEARER");
    map.put("sasl.jaas.config", OAuthBearerLoginModule.class.getName() + " required;");
    map.put("sasl.login.callback.handler.class", handler);
    if (keyAndValue.length > 0) {
      map.put((String) keyAndValue[0], keyAndValue[1]);
    }
    return ProducerConfigTranslator.translate(new ProducerConfig(map));
  }

  /** Has a token for an hour. */
  public static class Good implements AuthenticateCallbackHandler {
    @Override
    public void configure(
        Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

    @Override
    public void handle(Callback[] callbacks) {
      for (Callback callback : callbacks) {
        if (callback instanceof OAuthBearerTokenCallback token) {
          token.token(new Token(System.currentTimeMillis() + lifeMs()));
        } else if (callback instanceof SaslExtensionsCallback extensions) {
          extensions.extensions(new SaslExtensions(extensions()));
        }
      }
    }

    long lifeMs() {
      return 3_600_000;
    }

    Map<String, String> extensions() {
      return Map.of("traceId", "7", "tenant", "a");
    }

    @Override
    public void close() {
      CLOSED.incrementAndGet();
    }
  }

  /** Has a token of the past. */
  public static final class Expired extends Good {
    @Override
    long lifeMs() {
      return -1000;
    }
  }

  /** Wants to send what RFC 7628 does not allow. */
  public static final class BadExtension extends Good {
    @Override
    Map<String, String> extensions() {
      return Map.of("trace-id", "7");
    }
  }

  private record Token(long lifetimeMs) implements OAuthBearerToken {
    @Override
    public String value() {
      return "abc";
    }

    @Override
    public Set<String> scope() {
      return Set.of();
    }

    @Override
    public String principalName() {
      return "bob";
    }

    @Override
    public Long startTimeMs() {
      return null;
    }
  }
}
