package io.github.rdkafka.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void progressAndResultsAreReadAsTheyWereWritten() {
    Report progress = new Report(Step.PRODUCE, 12, null);
    Report result = new Report(Step.CONSUME, 100, new Measurement(100, 5_000_000_000L, 7));
    assertEquals(Optional.of(progress), Report.parse(progress.format()));
    assertEquals(Optional.of(result), Report.parse(result.format()));
  }

  @Test
  void whatElseIsPrintedIsNoReport() {
    assertEquals(Optional.empty(), Report.parse("[quick] brown fox"));
    assertEquals(Optional.empty(), Report.parse(""));
  }
}
