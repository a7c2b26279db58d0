package io.github.rdkafka.internal.natives;

import io.github.rdkafka.internal.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Destroys clients on threads of their own: {@code rd_kafka_destroy} can take as long as the
 * session timeout, and {@code close(Duration)} has promised less.
 */
final class Reaper {
  /** How long a call inside librdkafka may take before its client is left alone for good. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);

  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  private Reaper() {}

  static Thread start(String clientId, Task task) {
    return Thread.ofPlatform()
        .name("rdkafka-reaper | " + clientId)
        .daemon(true)
        .start(
            () -> {
              try {
                task.run();
              } catch (Throwable failure) {
                LOG.error("The native client {} is left undestroyed", clientId, failure);
              }
            });
  }

  static boolean join(Thread reaper, Deadline deadline) throws InterruptedException {
    if (reaper == null) {
      return false;
    }
    TimeUnit.NANOSECONDS.timedJoin(reaper, Math.max(1, deadline.remainingNanos()));
    return !reaper.isAlive();
  }

  static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception failure) {
      LOG.warn("Failed to release {}", resource, failure);
    }
  }
}
