package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.Translated.assertValue;
import static io.github.rdkafka.internal.config.Translated.consumer;
import static io.github.rdkafka.internal.config.Translated.consumerConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupTranslationTest {

  @Test
  void withoutAGroupOneIsMadeUp() {
    NativeConfig one = consumer("group.id", null, "client.id", "me");
    NativeConfig other = consumer("group.id", null, "client.id", "me");
    assertTrue(one.groupIdIsSynthetic());
    assertTrue(one.value("group.id").orElseThrow().startsWith("me-nogroup-"));
    assertNotEquals(one.value("group.id"), other.value("group.id"));
    assertFalse(consumer().groupIdIsSynthetic());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void aBlankGroupIsRefusedInKafkasWords(String groupId) {
    InvalidGroupIdException failure =
        assertThrows(InvalidGroupIdException.class, () -> consumer("group.id", groupId));
    assertEquals(
        "The configured group.id should not be an empty string or whitespace.",
        failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "group.instance.id, i1, group.instance.id, i1",
    "group.protocol, CLASSIC, group.protocol, classic",
    "session.timeout.ms, 10000, session.timeout.ms, 10000",
    "session.timeout.ms, 4000000, session.timeout.ms, 2147483",
    "heartbeat.interval.ms, 1000, heartbeat.interval.ms, 1000",
    "heartbeat.interval.ms, 0, heartbeat.interval.ms, 1",
    "max.poll.interval.ms, 60000, max.poll.interval.ms, 60000",
    "max.poll.interval.ms, 10000, max.poll.interval.ms, 45000",
    "max.poll.interval.ms, 2147483647, max.poll.interval.ms, 86400000",
  })
  void oneKeyWithTheClassicProtocol(String key, String value, String name, String expected) {
    assertValue(consumer(key, value), name, expected);
  }

  @Test
  void theConsumerProtocolLeavesTheBrokersKeysAlone() {
    NativeConfig config =
        consumer(
            "group.protocol", "Consumer",
            "group.remote.assignor", "uniform",
            "max.poll.interval.ms", "10000");
    assertValue(config, "group.protocol", "consumer");
    assertValue(config, "group.remote.assignor", "uniform");
    assertValue(config, "max.poll.interval.ms", "10000");
    assertValue(config, "session.timeout.ms", null);
    assertValue(config, "heartbeat.interval.ms", null);
    assertValue(config, "partition.assignment.strategy", null);
  }

  @Test
  void aHeartbeatMustBeShorterThanTheSession() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> consumer("session.timeout.ms", "1000", "heartbeat.interval.ms", "1000"));
    assertEquals("Heartbeat must be set lower than the session timeout", failure.getMessage());
    assertValue(
        consumer("group.id", null, "session.timeout.ms", "1000", "heartbeat.interval.ms", "1000"),
        "session.timeout.ms",
        "1000");
  }

  @Test
  void anInstanceIdIsCheckedByKafka() {
    assertThrows(
        InvalidConfigurationException.class,
        () -> consumer("client.id", "me", "group.instance.id", "not/valid"));
  }

  @Test
  void assignorsOfTheFirstOnesKindRemain() {
    assertStrategy("range", RangeAssignor.class, CooperativeStickyAssignor.class);
    assertStrategy("range,roundrobin", RangeAssignor.class, RoundRobinAssignor.class);
    assertStrategy("cooperative-sticky", CooperativeStickyAssignor.class, RangeAssignor.class);
    assertStrategy("roundrobin", RoundRobinAssignor.class.getName());
    assertStrategy("range");
  }

  private static void assertStrategy(String expected, Object... assignors) {
    assertValue(
        consumer("partition.assignment.strategy", List.of(assignors)),
        "partition.assignment.strategy",
        expected);
  }

  @Test
  void withOtherAssignorsLibrdkafkaJoinsNoGroup() {
    assertNotNative(StickyAssignor.class);
    assertNotNative(RangeAssignor.class, "com.example.Mine");
    assertTrue(
        PartitionAssignors.areNative(consumerConfig("partition.assignment.strategy", List.of())));
    assertTrue(PartitionAssignors.areNative(consumerConfig("group.protocol", "consumer")));
  }

  private static void assertNotNative(Object... assignors) {
    assertFalse(
        PartitionAssignors.areNative(
            consumerConfig("partition.assignment.strategy", List.of(assignors))));
    assertStrategy("range", assignors);
  }
}
