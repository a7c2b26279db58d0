package io.github.rdkafka.benchmarks;

import java.time.Duration;

/** When the whole comparison has to be over. */
final class Deadline {
  private final long begin = System.nanoTime();
  private final Duration budget;

  /**
   * @param budget from now on
   */
  Deadline(Duration budget) {
    this.budget = budget;
  }

  /** Whether there is time for something that takes this long. */
  boolean allows(double seconds) {
    return System.nanoTime() - begin + seconds * 1e9 < budget.toNanos();
  }
}
