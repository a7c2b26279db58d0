package io.github.rdkafka.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rdkafka.internal.natives.LiveObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What clients may leave behind in this process: native objects, threads, file descriptors. */
public final class Leftovers {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_NANOS = 5_000_000;

  private Leftovers() {}

  /** librdkafka's threads and ours, by their names in the operating system. */
  public static List<String> threads() {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks
          .map(Leftovers::name)
          .filter(name -> name.startsWith("rdk") || name.startsWith("kafka-producer"))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Open sockets, pipes and event descriptors: files of the JVM come and go by themselves. */
  public static long descriptors() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors
          .map(Leftovers::target)
          .filter(target -> target.matches("(socket|pipe|anon_inode):.*"))
          .count();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Fails unless all native objects and threads go away; destruction may end in the background. */
  public static void assertNone() {
    await(() -> LiveObjects.count() == 0 && threads().isEmpty());
    assertEquals(0, LiveObjects.count(), "native objects");
    assertEquals(List.of(), threads(), "threads");
  }

  public static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean() && System.nanoTime() - start < PATIENCE.toNanos()) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException ended) {
      return "";
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
  }
}
