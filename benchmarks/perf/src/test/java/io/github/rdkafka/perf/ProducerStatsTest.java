package io.github.rdkafka.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProducerStatsTest {
  private static final String WINDOW =
      "2 records sent, 2.0 records/sec (2.00 MB/sec), 3.0 ms avg latency, 4.0 ms max latency.";

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream before = System.out;
  private final AtomicLong now = new AtomicLong();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(before);
  }

  @Test
  void aLineForEachInterval() {
    ProducerStats stats = new ProducerStats(1000, false, now::get);
    oneWindow(stats);
    oneWindow(stats);
    assertEquals(List.of(WINDOW, WINDOW), lines());
  }

  @Test
  void onlyTheSteadyStateHasLinesOnceItBegins() {
    ProducerStats all = new ProducerStats(1000, false, now::get);
    oneWindow(all);
    all.stopPrintingWindows();
    oneWindow(all);
    ProducerStats steady = new ProducerStats(1000, true, now::get);
    oneWindow(steady);
    oneWindow(steady);
    assertEquals(List.of(WINDOW, "In steady state.", WINDOW, WINDOW), lines());
  }

  /** Two records of 1 MiB each within a second, the last at its end. */
  private void oneWindow(ProducerStats stats) {
    stats.record(TimeUnit.MILLISECONDS.toNanos(2), 1 << 20);
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    stats.record(TimeUnit.MILLISECONDS.toNanos(4), 1 << 20);
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
