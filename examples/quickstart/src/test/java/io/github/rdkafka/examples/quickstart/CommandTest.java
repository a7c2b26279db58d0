package io.github.rdkafka.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
  @Test
  void isReadAsItWasWritten() {
    Command command = new Command(Step.WARM_UP, "topic-1");
    assertEquals(command, Command.parse(command.format()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PRODUCE", "PRODUCE topic more", "SHRED topic"})
  void refusesWhatIsNoCommand(String line) {
    assertThrows(IllegalArgumentException.class, () -> Command.parse(line));
  }
}
