package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.Translated.assertValue;
import static io.github.rdkafka.internal.config.Translated.producer;
import static io.github.rdkafka.internal.config.Translated.propertiesOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProducerConfigTranslatorTest {

  @Test
  void defaultsAreThoseOfKafkaOrDeliberate() {
    Map<String, String> expected = new TreeMap<>();
    expected.put("acks", "-1");
    expected.put("batch.num.messages", "100000");
    expected.put("batch.size", "1000000");
    expected.put("bootstrap.servers", "localhost:9092");
    expected.put("client.dns.lookup", "use_all_dns_ips");
    expected.put("client.id", "me");
    expected.put("client.software.name", "rdkafka-java");
    expected.put("compression.type", "none");
    expected.put("connections.max.idle.ms", "540000");
    expected.put("enable.idempotence", "true");
    expected.put("enable.metrics.push", "true");
    expected.put("linger.ms", "5");
    expected.put("log.queue", "true");
    expected.put("max.in.flight.requests.per.connection", "5");
    expected.put("message.max.bytes", "1048576");
    expected.put("message.send.max.retries", "2147483647");
    expected.put("message.timeout.ms", "120000");
    expected.put("metadata.recovery.rebootstrap.trigger.ms", "300000");
    expected.put("metadata.recovery.strategy", "rebootstrap");
    expected.put("partitioner", "murmur2_random");
    expected.put("produce.request.ready.bytes", "262144");
    expected.put("queue.buffering.max.kbytes", "2147483647");
    expected.put("queue.buffering.max.messages", "0");
    expected.put("receive.message.max.bytes", "2147483647");
    expected.put("reconnect.backoff.max.ms", "1000");
    expected.put("reconnect.backoff.ms", "50");
    expected.put("request.timeout.ms", "30000");
    expected.put("retry.backoff.max.ms", "1000");
    expected.put("retry.backoff.ms", "100");
    expected.put("security.protocol", "plaintext");
    expected.put("socket.connection.setup.timeout.ms", "30000");
    expected.put("socket.timeout.ms", "30000");
    expected.put("statistics.interval.ms", "5000");
    expected.put("sticky.partitioning.linger.ms", "0");
    expected.put("topic.metadata.propagation.max.ms", "30000");
    expected.put("topic.metadata.refresh.interval.ms", "300000");

    NativeConfig config = producer("client.id", "me");

    assertEquals(expected, new TreeMap<>(propertiesOf(config)));
    assertFalse(config.groupIdIsSynthetic());
    assertTrue(config.oauthBearer().isEmpty());
    assertTrue(config.saslCredentials().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batch.size",
        "linger.ms",
        "librdkafka.batch.size",
        "librdkafka.queue.buffering.max.ms"
      })
  void whoSaysWhenABatchIsReadyIsObeyed(String key) {
    assertNull(propertiesOf(producer(key, "100")).get("produce.request.ready.bytes"));
  }

  @ParameterizedTest
  @CsvSource({
    "client.id, '', client.id, ' '",
    "acks, 0, acks, 0",
    "acks, 1, acks, 1",
    "acks, all, acks, -1",
    "acks, 1, enable.idempotence, false",
    "retries, 0, enable.idempotence, false",
    "retries, 7, message.send.max.retries, 7",
    "max.in.flight.requests.per.connection, 1, max.in.flight.requests.per.connection, 1",
    "linger.ms, 0, linger.ms, 0",
    "batch.size, 0, batch.size, 1",
    "batch.size, 16384, batch.size, 16384",
    "max.request.size, 0, message.max.bytes, 1000",
    "max.request.size, 5000000, message.max.bytes, 5000000",
    "max.request.size, 2147483647, message.max.bytes, 1000000000",
    "max.block.ms, 5000, topic.metadata.propagation.max.ms, 5000",
    "max.block.ms, 9223372036854775807, topic.metadata.propagation.max.ms, 30000",
    "compression.type, snappy, compression.type, snappy",
    "delivery.timeout.ms, 40000, message.timeout.ms, 40000",
    "request.timeout.ms, 1000, socket.timeout.ms, 1000",
    "request.timeout.ms, 1000, request.timeout.ms, 1000",
    "request.timeout.ms, 0, socket.timeout.ms, 10",
    "request.timeout.ms, 0, request.timeout.ms, 1",
    "request.timeout.ms, 400000, socket.timeout.ms, 300000",
    "request.timeout.ms, 1000000, request.timeout.ms, 900000",
    "transactional.id, t, transactional.id, t",
    "transactional.id, t, transaction.timeout.ms, 60000",
    "transactional.id, t, message.timeout.ms, 60000",
    "transactional.id, t, client.id, producer-t",
  })
  void oneKey(String key, String value, String name, String expected) {
    assertValue(producer(key, value), name, expected);
  }
}
