package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the library when an application is undeployed. */
class UnloadingTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @Test
  void theLibraryStaysMappedWhenItsClassLoaderIsCollected(@TempDir Path folder) throws Exception {
    // a stand-in, because the built library is linked so that it stays by itself
    Path library = CCompiler.library("same_version.c", folder);
    Path other = CCompiler.library("not_librdkafka.c", folder);

    WeakReference<ClassLoader> loader = loadAndDrop(library, other);

    await(
        "the class loader is collected",
        () -> {
          System.gc();
          return loader.refersTo(null);
        });
    await("its other library is unmapped", () -> !isMapped(other));
    assertTrue(isMapped(library), "librdkafka is still mapped");
  }

  private static WeakReference<ClassLoader> loadAndDrop(Path library, Path other) throws Exception {
    IsolatedBindings bindings = new IsolatedBindings().with("rdkafka.library.path", library);
    bindings.load();
    bindings.loadAsApplication(other);
    assertTrue(isMapped(library));
    assertTrue(isMapped(other));
    return bindings.drop();
  }

  private static boolean isMapped(Path library) {
    try {
      return Files.readString(Path.of("/proc/self/maps")).contains(library.toRealPath().toString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
