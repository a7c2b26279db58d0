package io.github.rdkafka.internal.config;

import static io.github.rdkafka.internal.config.Translated.producer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressionTranslationTest {

  @ParameterizedTest
  @CsvSource({
    "gzip, -1, -1",
    "gzip, 1, 1",
    "gzip, 9, 9",
    "lz4, 9,",
    "lz4, 1, 3",
    "lz4, 3, 3",
    "lz4, 12, 12",
    "lz4, 17, 12",
    "zstd, 3, 3",
    "zstd, 0, 3",
    "zstd, -5, 1",
    "zstd, 12, 12",
    "zstd, 22, 12",
  })
  void levels(String type, String level, String expected) {
    NativeConfig config =
        producer("compression.type", type, "compression." + type + ".level", level);
    assertEquals(type, config.value("compression.type").orElseThrow());
    assertEquals(Optional.ofNullable(expected), config.value("compression.level"));
  }

  @ParameterizedTest
  @CsvSource({"none, gzip", "snappy, zstd", "gzip, zstd"})
  void levelsOfOtherTypesDoNotCount(String type, String other) {
    NativeConfig config =
        producer("compression.type", type, "compression." + other + ".level", "7");
    String expected = type.equals("gzip") ? "-1" : null;
    assertEquals(Optional.ofNullable(expected), config.value("compression.level"));
  }
}
