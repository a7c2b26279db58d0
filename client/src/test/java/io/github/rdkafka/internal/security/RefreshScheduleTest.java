package io.github.rdkafka.internal.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshScheduleTest {

  /** Now is 1000 s; the schedule 80 %, at least 60 s from now, at most 300 s before the end. */
  @ParameterizedTest
  @CsvSource({
    // a long life: its share
    "1000, 11000, 9000",
    ", 11000, 9000",
    // began long ago, so that the share lies behind: the least period
    "0, 1500, 1200",
    "0, 1400, 1100",
    "0, 1361, 1061",
    // the share lies in the buffer: the buffer's begin
    "1000, 2000, 1700",
    // too short for period and buffer: a share of what remains
    "1000, 1100, 1080",
    // over: soon again
    "0, 1000, 1010",
    "0, 500, 1010",
  })
  void byKafkasRules(Long start, long expiry, long expected) {
    RefreshSchedule schedule = new RefreshSchedule(0.8, 0, 60_000, 300_000, () -> 0.5);
    Long startMs = start == null ? null : start * 1000;
    assertEquals(expected * 1000, schedule.refreshAtMs(startMs, expiry * 1000, 1_000_000));
  }

  @Test
  void jitterIsAdded() {
    RefreshSchedule schedule = new RefreshSchedule(0.8, 0.1, 0, 0, () -> 0.5);
    assertEquals(85_000, schedule.refreshAtMs(0L, 100_000, 1));
  }

  @Test
  void aRefreshIsNeverInThePast() {
    RefreshSchedule schedule = new RefreshSchedule(0.5, 0, 0, 0, () -> 0);
    assertEquals(900_001, schedule.refreshAtMs(0L, 1_000_000, 900_000));
    assertEquals(1_000_000, schedule.refreshAtMs(0L, 1_000_000, 999_999));
  }
}
