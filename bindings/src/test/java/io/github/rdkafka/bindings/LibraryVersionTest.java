package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryVersionTest {

  @ParameterizedTest
  @CsvSource({"0x020f01ff, 2.15.1", "0x010902ff, 1.9.2", "0x020f0203, 2.15.2-pre3"})
  void readsTheNumber(String number, String text) {
    assertEquals(text, LibraryVersion.format(Integer.decode(number)));
  }
}
