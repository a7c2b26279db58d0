package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading the built library, each time in a class loader that has none yet. */
class NativeLibraryTest {

  @TempDir Path folder;
  private Path tmpdir;

  @BeforeEach
  void makeTmpdir() throws IOException {
    tmpdir = Files.createDirectory(folder.resolve("tmp"));
  }

  @Test
  void loadsFromTheClassPathAndLeavesNothingBehind() throws Exception {
    Path classPath = BuiltLibrary.classPath(folder);
    try (IsolatedBindings bindings =
        new IsolatedBindings(classPath).with("rdkafka.tmpdir", tmpdir)) {
      String loaded = bindings.load().toString();

      assertTrue(loaded.startsWith("librdkafka " + BuiltLibrary.VERSION + " from "), loaded);
      assertTrue(loaded.contains(classPath.toUri().getPath()), loaded);
      assertNotEquals(0, bindings.versionFunction());
    }
    assertEmpty(tmpdir);
  }

  @Test
  void loadsAUsersOwnLibraryFromWhereItLies() throws Exception {
    Path own = BuiltLibrary.file(folder);
    try (IsolatedBindings bindings =
        new IsolatedBindings().with("rdkafka.library.path", own).with("java.io.tmpdir", tmpdir)) {
      assertEquals(
          "librdkafka " + BuiltLibrary.VERSION + " from " + own, bindings.load().toString());
      assertTrue(
          Files.readString(Path.of("/proc/self/maps")).contains(own.toRealPath().toString()));
    }
    assertTrue(Files.exists(own));
    assertEmpty(tmpdir);
  }

  @Test
  void twoClassLoadersOfOneProcessEachLoadTheLibraryOfTheClassPath() throws Exception {
    Path classPath = BuiltLibrary.classPath(folder);
    try (IsolatedBindings one = new IsolatedBindings(classPath).with("rdkafka.tmpdir", tmpdir);
        IsolatedBindings two = new IsolatedBindings(classPath).with("rdkafka.tmpdir", tmpdir)) {
      one.load();
      two.load();

      assertNotEquals(one.versionFunction(), two.versionFunction());
    }
    assertEmpty(tmpdir);
  }

  @Test
  void twoClassLoadersOfOneProcessEachLoadAUsersOwnLibrary() throws Exception {
    Path own = BuiltLibrary.file(folder);
    try (IsolatedBindings one = new IsolatedBindings().with("rdkafka.library.path", own);
        IsolatedBindings two =
            new IsolatedBindings()
                .with("rdkafka.library.path", own)
                .with("rdkafka.tmpdir", tmpdir)) {
      one.load();
      two.load();

      assertNotEquals(one.versionFunction(), two.versionFunction());
    }
    assertEmpty(tmpdir);
  }

  @Test
  void threadsThatLoadAtOnceGetTheSame() throws Exception {
    try (IsolatedBindings bindings =
        new IsolatedBindings(BuiltLibrary.classPath(folder)).with("rdkafka.tmpdir", tmpdir)) {
      Set<Object> results = Collections.newSetFromMap(new IdentityHashMap<>());
      results.addAll(bindings.loadWith(8));

      assertEquals(1, results.size());
    }
  }

  @Test
  void loadingAgainGivesTheSame() throws Exception {
    try (IsolatedBindings bindings =
        new IsolatedBindings(BuiltLibrary.classPath(folder)).with("rdkafka.tmpdir", tmpdir)) {
      Object first = bindings.load();

      assertSame(first, bindings.with("rdkafka.library.path", "/nowhere").load());
    }
  }

  @Test
  void failingAgainGivesTheFirstFailureAsCause() throws Exception {
    try (IsolatedBindings bindings =
        new IsolatedBindings(BuiltLibrary.classPath(folder))
            .with("rdkafka.library.path", folder.resolve("missing.so"))) {
      Throwable first = assertThrows(IsolatedBindings.Failure.class, bindings::load).getCause();
      bindings.with("rdkafka.library.path", "");
      Throwable second = assertThrows(IsolatedBindings.Failure.class, bindings::load).getCause();

      assertEquals(first.getMessage(), second.getMessage());
      assertSame(first, second.getCause());
    }
  }

  private static void assertEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }
}
