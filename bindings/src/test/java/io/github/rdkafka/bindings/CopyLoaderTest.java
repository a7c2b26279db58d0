package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folder is taken, with an opener that behaves as an operating system does. */
class CopyLoaderTest {

  private static final NativeLibrary LOADED = new NativeLibrary("2.15.1", "test");
  private static final byte[] CONTENT = {1};

  @TempDir Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void makeFolders() throws IOException {
    first = Files.createDirectory(folder.resolve("first"));
    second = Files.createDirectory(folder.resolve("second"));
  }

  @Test
  void takesTheFirstFolderThatWorks() throws IOException {
    List<Path> opened = new ArrayList<>();

    assertSame(LOADED, load(List.of(first, second), opened, ""));

    assertEquals(1, opened.size());
    assertTrue(opened.get(0).startsWith(first.toRealPath()));
    assertEmpty(first);
  }

  @Test
  void takesTheNextFolderWhenOneMayNotHoldCode() throws IOException {
    for (String reason :
        List.of(
            "failed to map segment from shared object",
            "failed to map segment from shared object: Operation not permitted",
            "cannot open shared object file: Permission denied")) {
      List<Path> opened = new ArrayList<>();

      assertSame(LOADED, load(List.of(first, second), opened, "lib.so: " + reason));

      assertEquals(2, opened.size(), reason);
      assertTrue(opened.get(1).startsWith(second.toRealPath()), reason);
      assertEmpty(first);
      assertEmpty(second);
    }
  }

  @Test
  void takesTheNextFolderWhenOneCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    List<Path> opened = new ArrayList<>();

    assertSame(LOADED, load(List.of(file.resolve("below"), second), opened, ""));

    assertEquals(1, opened.size());
  }

  @Test
  void makesAFolderThatDoesNotExist() throws IOException {
    Path cache = folder.resolve("home/.cache");

    assertSame(LOADED, load(List.of(cache), new ArrayList<>(), ""));

    assertTrue(Files.isDirectory(cache));
  }

  @Test
  void namesEveryFolderAndItsReasonWhenNoneWorks() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    NativeLibraryException e =
        assertThrows(
            NativeLibraryException.class,
            () -> load(List.of(file, first), new ArrayList<>(), "lib.so: Operation not permitted"));

    assertTrue(e.getMessage().contains(file + ": "), e.getMessage());
    assertTrue(
        e.getMessage().contains(first + ": lib.so: Operation not permitted"), e.getMessage());
    assertTrue(e.getMessage().contains("-Drdkafka.tmpdir="), e.getMessage());
    assertInstanceOf(IOException.class, e.getCause());
  }

  @Test
  void doesNotTryElsewhereWhenTheLibraryIsToBlame() throws IOException {
    List<Path> opened = new ArrayList<>();

    NativeLibraryException e =
        assertThrows(
            NativeLibraryException.class,
            () ->
                load(List.of(first, second), opened, "libc.so.6: version `GLIBC_2.99' not found"));

    assertEquals(1, opened.size());
    assertTrue(e.getMessage().contains("GLIBC_2.99"), e.getMessage());
    assertInstanceOf(UnsatisfiedLinkError.class, e.getCause());
    assertEmpty(first);
  }

  private static NativeLibrary load(List<Path> folders, List<Path> opened, String refusal) {
    LibraryOpener opener =
        (file, origin) -> {
          opened.add(file);
          if (opened.size() == 1 && !refusal.isEmpty()) {
            throw new UnsatisfiedLinkError(refusal);
          }
          return LOADED;
        };
    return new CopyLoader(folders, opener)
        .load(() -> new ByteArrayInputStream(CONTENT), null, "lib.so", "test");
  }

  private static void assertEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }
}
