package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.Translated.assertValue;
import static io.github.rdkafka.internal.config.Translated.consumer;
import static io.github.rdkafka.internal.config.Translated.propertiesOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsumerConfigTranslatorTest {

  @Test
  void defaultsAreThoseOfKafkaOrDeliberate() {
    Map<String, String> expected = new TreeMap<>();
    expected.put("allow.auto.create.topics", "true");
    expected.put("auto.offset.reset", "error");
    expected.put("bootstrap.servers", "localhost:9092");
    expected.put("check.crcs", "true");
    expected.put("client.dns.lookup", "use_all_dns_ips");
    expected.put("client.id", "me");
    expected.put("client.software.name", "rdkafka-java");
    expected.put("connections.max.idle.ms", "540000");
    expected.put("enable.auto.commit", "false");
    expected.put("enable.auto.offset.store", "false");
    expected.put("enable.metrics.push", "true");
    expected.put("fetch.max.bytes", "4194304");
    expected.put("fetch.min.bytes", "1");
    expected.put("fetch.queue.backoff.ms", "5");
    expected.put("consume.message.sets", "true");
    expected.put("fetch.wait.max.ms", "500");
    expected.put("group.id", "g");
    expected.put("group.protocol", "classic");
    expected.put("heartbeat.interval.ms", "3000");
    expected.put("isolation.level", "read_uncommitted");
    expected.put("log.queue", "true");
    expected.put("max.partition.fetch.bytes", "1048576");
    expected.put("max.poll.interval.ms", "300000");
    expected.put("message.max.bytes", "1000000");
    expected.put("metadata.recovery.rebootstrap.trigger.ms", "300000");
    expected.put("metadata.recovery.strategy", "rebootstrap");
    expected.put("partition.assignment.strategy", "range");
    expected.put("receive.message.max.bytes", "2147483647");
    expected.put("reconnect.backoff.max.ms", "1000");
    expected.put("reconnect.backoff.ms", "50");
    expected.put("retry.backoff.max.ms", "1000");
    expected.put("retry.backoff.ms", "100");
    expected.put("security.protocol", "plaintext");
    expected.put("session.timeout.ms", "45000");
    expected.put("socket.connection.setup.timeout.ms", "30000");
    expected.put("socket.timeout.ms", "30000");
    expected.put("statistics.interval.ms", "5000");
    expected.put("topic.metadata.refresh.interval.ms", "300000");

    assertEquals(expected, new TreeMap<>(propertiesOf(consumer("client.id", "me"))));
  }

  @ParameterizedTest
  @CsvSource({
    "auto.offset.reset, earliest, auto.offset.reset, error",
    "auto.offset.reset, latest, auto.offset.reset, error",
    "auto.offset.reset, none, auto.offset.reset, error",
    "auto.offset.reset, by_duration:PT1H, auto.offset.reset, error",
    "isolation.level, read_committed, isolation.level, read_committed",
    "allow.auto.create.topics, false, allow.auto.create.topics, false",
    "check.crcs, false, check.crcs, false",
    "client.rack, r1, client.rack, r1",
    "client.rack, '', client.rack,",
    "enable.auto.commit, true, enable.auto.commit, false",
    "enable.auto.commit, true, enable.auto.offset.store, false",
    "auto.commit.interval.ms, 0, auto.commit.interval.ms,",
    "max.poll.records, 7, max.poll.records,",
    "fetch.min.bytes, 0, fetch.min.bytes, 1",
    "fetch.min.bytes, 2147483647, fetch.min.bytes, 100000000",
    "fetch.max.wait.ms, 0, fetch.wait.max.ms, 0",
    "fetch.max.wait.ms, 1500, fetch.wait.max.ms, 1500",
    "fetch.max.wait.ms, 40000, fetch.wait.max.ms, 29000",
    "fetch.max.bytes, 52428800, fetch.max.bytes, 52428800",
    "fetch.max.bytes, 2147483647, fetch.max.bytes, 2147483135",
    "fetch.max.bytes, 0, fetch.max.bytes, 1000",
    "fetch.max.bytes, 0, message.max.bytes, 1000",
    "fetch.max.bytes, 500000, message.max.bytes, 500000",
    "max.partition.fetch.bytes, 0, max.partition.fetch.bytes, 1",
    "max.partition.fetch.bytes, 1000, fetch.max.bytes, 4194304",
    "max.partition.fetch.bytes, 10000000, fetch.max.bytes, 10000000",
    "max.partition.fetch.bytes, 100000000, fetch.max.bytes, 52428800",
    "max.partition.fetch.bytes, 2147483647, max.partition.fetch.bytes, 1000000000",
  })
  void oneKey(String key, String value, String name, String expected) {
    assertValue(consumer(key, value), name, expected);
  }

  @ParameterizedTest
  @CsvSource({"1000, 500, 500", "400, 500, 200", "3000, 2500, 2000", "400000, 350000, 299000"})
  void otherRequestsKeepTimeBehindAFetch(String requestTimeout, String wait, String expected) {
    assertValue(
        consumer("request.timeout.ms", requestTimeout, "fetch.max.wait.ms", wait),
        "fetch.wait.max.ms",
        expected);
  }

  @ParameterizedTest
  @CsvSource({"share.acknowledgement.mode, explicit", "share.acquire.mode, record_limit"})
  void keysOfTheShareConsumerAreRefusedByKafkasParser(String key, String value) {
    ConfigException failure = assertThrows(ConfigException.class, () -> consumer(key, value));
    assertTrue(failure.getMessage().contains(key), failure.getMessage());
  }
}
