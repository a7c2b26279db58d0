package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of their own: many at once, and with and without native access. */
class ProcessTest {

  private static final int MANY = 20;

  @TempDir Path folder;

  @Test
  void manyProcessesAtOnceShareATemporaryFolder() throws Exception {
    Path tmpdir = Files.createDirectory(folder.resolve("tmp"));
    List<Jvm> jvms = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      jvms.add(Jvm.start(folder, List.of(), Jvm.NATIVE_ACCESS, "-Djava.io.tmpdir=" + tmpdir));
    }
    for (Jvm jvm : jvms) {
      jvm.loaded();
    }
    try (var files = Files.list(tmpdir)) {
      assertEquals(
          0,
          files
              .filter(file -> file.getFileName().toString().startsWith(PrivateCopy.PREFIX))
              .count());
    }
  }

  @Test
  void withNativeAccessThereIsNoWarning() throws Exception {
    String text = Jvm.start(folder, List.of(), Jvm.NATIVE_ACCESS).loaded();

    assertEquals(1, text.lines().count(), text);
  }

  @Test
  void withoutNativeAccessTheMessageNamesTheOption() throws Exception {
    String text = Jvm.start(folder, List.of(), "--illegal-native-access=deny").failed();

    assertTrue(text.contains(Jvm.NATIVE_ACCESS), text);
    assertFalse(text.contains("Exception"), text);
  }
}
