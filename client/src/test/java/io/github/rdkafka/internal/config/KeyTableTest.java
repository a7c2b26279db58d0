package io.github.rdkafka.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class KeyTableTest {

  @Test
  void everyKeyOfTheProducerHasOneFate() {
    assertEquals(new TreeSet<>(ProducerConfig.configNames()), keys(ProducerKeys.TABLE));
  }

  @Test
  void everyKeyOfTheConsumerHasOneFate() {
    assertEquals(new TreeSet<>(ConsumerConfig.configNames()), keys(ConsumerKeys.TABLE));
  }

  @Test
  void everyFateHasAReason() {
    for (KeyTable.Entry entry : ConsumerKeys.TABLE.plus(onlyProducers()).entries()) {
      assertFalse(entry.reason().isBlank(), entry.key());
    }
  }

  @Test
  void twoFatesForOneKeyAreAnError() {
    KeyTable one = KeyTable.of(KeyTable.java("a", "why"));
    KeyTable other = KeyTable.of(KeyTable.noEffect("a", "why"));
    assertThrows(IllegalArgumentException.class, () -> one.plus(other));
  }

  @Test
  void keysThatAreTranslatedOrHaveNoEffectAreUsedAndOthersAreNot() {
    ProducerConfig config =
        Translated.producerConfig(
            "linger.ms", "7",
            "metadata.max.idle.ms", "6000",
            "max.block.ms", "100",
            "partitioner.ignore.keys", "true",
            "ssl.truststore.location", "/nowhere",
            "sasl.jaas.config", "whatever",
            "no.such.key", "x");

    ProducerConfigTranslator.translate(config);

    Set<String> unused = config.unused();
    assertFalse(unused.contains("linger.ms"));
    assertFalse(unused.contains("metadata.max.idle.ms"));
    assertTrue(unused.contains("partitioner.ignore.keys"), "left for the client to read");
    assertTrue(unused.contains("ssl.truststore.location"), "not used by PLAINTEXT");
    assertTrue(unused.contains("sasl.jaas.config"), "not used by PLAINTEXT");
    assertTrue(unused.contains("no.such.key"), "not known");
  }

  private static KeyTable onlyProducers() {
    return KeyTable.of(
        ProducerKeys.TABLE.entries().stream()
            .filter(entry -> ConsumerKeys.TABLE.entry(entry.key()) == null)
            .toArray(KeyTable.Entry[]::new));
  }

  private static Set<String> keys(KeyTable table) {
    return table.entries().stream()
        .map(KeyTable.Entry::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
