package io.github.rdkafka.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Processes that are not this one's children. */
final class Processes {

  private Processes() {}

  /** False for a zombie too: nobody may be there to collect an orphan. */
  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).isPresent() && state(pid) != 'Z';
  }

  /** As ps prints it: R running, S sleeping, T stopped, Z dead and not yet collected; 0 gone. */
  static char state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return 0;
    }
  }

  static boolean becomesTrue(BooleanSupplier condition, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(20);
    }
    return true;
  }
}
