package io.github.rdkafka.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @Test
  void aMillionRecordsUnlessToldOtherwise() {
    assertEquals(1_000_000, Settings.from(name -> null).records());
    assertEquals(1_000_000, Settings.from(name -> "").records());
  }

  @Test
  void threeRoundsUnlessToldOtherwise() {
    assertEquals(3, Settings.from(name -> null).rounds());
  }

  @Test
  void anotherJvmGetsTheSame() {
    Map<String, String> properties = new HashMap<>();
    properties.put("quickstart.rounds", "2");
    properties.put("quickstart.records", "1_000");
    properties.put("quickstart.warmup", "0");
    properties.put("quickstart.partitions", "3");
    properties.put("quickstart.producer.config", "linger.ms=20, batch.size=65536");
    Settings settings = Settings.from(properties::get);
    assertEquals(2, settings.rounds());
    assertEquals(1000, settings.records());
    assertEquals(Map.of("linger.ms", "20", "batch.size", "65536"), settings.producerConfig());

    Map<String, String> passedOn = new HashMap<>();
    for (String argument : settings.asJvmArguments()) {
      int equals = argument.indexOf('=');
      passedOn.put(argument.substring("-D".length(), equals), argument.substring(equals + 1));
    }
    assertEquals(settings, Settings.from(passedOn::get));
  }

  @ParameterizedTest
  @CsvSource({
    "rounds, 0",
    "records, 0",
    "records, many",
    "records, 99999999999",
    "warmup, -1",
    "partitions, 0",
    "producer.config, linger.ms",
    "consumer.config, =1"
  })
  void refusesWhatIsNoSetting(String name, String value) {
    QuickstartException e =
        assertThrows(
            QuickstartException.class,
            () -> Settings.from(property -> property.equals("quickstart." + name) ? value : null));
    assertTrue(
        e.getMessage().startsWith("quickstart." + name + " is '" + value + "' and not "),
        e.getMessage());
  }
}
