package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.Translated.assertValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsIntervalTest {
  @Test
  void statisticsComeUnlessTheUserSaysOtherwise() {
    assertValue(Translated.producer(), "statistics.interval.ms", "5000");
    assertValue(Translated.consumer(), "statistics.interval.ms", "5000");
    assertTrue(StatisticsInterval.isOn(Translated.producerConfig()));
  }

  @ParameterizedTest
  @CsvSource({
    "statistics.interval.ms, 700, true",
    "librdkafka.statistics.interval.ms, 700, true",
    "statistics.interval.ms, 0, false",
    "librdkafka.statistics.interval.ms, ' 0 ', false"
  })
  void theUsersIntervalWinsByEitherDoor(String key, String value, boolean on) {
    assertValue(Translated.producer(key, value), "statistics.interval.ms", value);
    assertEquals(on, StatisticsInterval.isOn(Translated.producerConfig(key, value)));
  }

  @ParameterizedTest
  @CsvSource({
    "compression.type, none, false",
    "compression.type, lz4, true",
    "librdkafka.compression.codec, zstd, true",
    "librdkafka.compression.type, gzip, true"
  })
  void compressionIsSeenByEitherDoor(String key, String value, boolean compresses) {
    assertEquals(
        compresses, ProducerConfigTranslator.compresses(Translated.producerConfig(key, value)));
  }
}
