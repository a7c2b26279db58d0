package io.github.rdkafka.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Waits for a process to obey SIGSTOP: one of its threads has to be scheduled to pass it on, and on
 * a busy machine the others go on until then.
 */
final class StoppedProcess {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_NANOS = 200_000;

  private StoppedProcess() {}

  /** Does not wait where there is no /proc to look at. */
  static void await(Process process) {
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    long begun = System.nanoTime();
    while (!isStopped(threads)) {
      if (System.nanoTime() - begun > PATIENCE_NANOS) {
        throw new IllegalStateException("process " + process.pid() + " does not stop");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static boolean isStopped(Path threads) {
    try (Stream<Path> all = Files.list(threads)) {
      List<Path> list = all.toList();
      return list.stream().allMatch(StoppedProcess::isThreadStopped);
    } catch (IOException none) {
      return true;
    }
  }

  private static boolean isThreadStopped(Path thread) {
    try {
      // its id, its name in parentheses, its state
      String status = Files.readString(thread.resolve("stat"));
      char state = status.charAt(status.lastIndexOf(')') + 2);
      return "TtZX".indexOf(state) >= 0;
    } catch (IOException ended) {
      return true;
    }
  }
}
