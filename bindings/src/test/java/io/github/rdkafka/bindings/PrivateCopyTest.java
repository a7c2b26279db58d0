package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateCopyTest {

  private static final byte[] CONTENT = {'l', 'i', 'b'};
  private static final String DIGEST = BuiltLibrary.crc32(CONTENT);

  @TempDir Path folder;

  @Test
  void belongsToItsOwnerAlone() throws IOException {
    try (PrivateCopy copy = copy("a")) {
      copy.verify();

      assertEquals(folder.toRealPath().resolve("a/lib.so"), copy.file());
      assertArrayEquals(CONTENT, Files.readAllBytes(copy.file()));
      assertEquals("rwx------", permissions(copy.file().getParent()));
      assertEquals("rwx------", permissions(copy.file()));
      assertTrue(copy.isExecutable());
    }
    assertFalse(Files.exists(folder.resolve("a")));
  }

  @Test
  void takesAnotherNameWhenOneIsTakenByALinkOrFileOrFolder() throws IOException {
    Path attackers = Files.createDirectory(folder.resolve("attackers"));
    Files.createSymbolicLink(folder.resolve("link"), attackers);
    Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
    Files.createFile(folder.resolve("file"));
    try (PrivateCopy copy = copy("link", "dangling", "file", "attackers", "free")) {
      assertEquals("free", copy.file().getParent().getFileName().toString());
    }
    try (var files = Files.list(attackers)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void givesUpWhenNoNameIsFree() throws IOException {
    Files.createFile(folder.resolve("taken"));

    assertThrows(
        FileAlreadyExistsException.class,
        () ->
            PrivateCopy.of(
                new ByteArrayInputStream(CONTENT), DIGEST, folder, "lib.so", () -> "taken"));
  }

  @Test
  void theFolderThatIsGivenMayItselfBeALink() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("tmp"), real);
    try (PrivateCopy copy =
        PrivateCopy.of(new ByteArrayInputStream(CONTENT), DIGEST, link, "lib.so", () -> "a")) {
      assertEquals(real.toRealPath().resolve("a/lib.so"), copy.file());
    }
  }

  @Test
  void damagedContentLeavesNothing() {
    NativeLibraryException e =
        assertThrows(
            NativeLibraryException.class,
            () ->
                PrivateCopy.of(
                    new ByteArrayInputStream(new byte[] {'l', 'i'}),
                    DIGEST,
                    folder,
                    "lib.so",
                    () -> "a"));

    assertTrue(e.getMessage().contains("damaged: it has 2 bytes"), e.getMessage());
    assertFalse(Files.exists(folder.resolve("a")));
  }

  @Test
  void noticesThatTheFileWasExchanged() throws IOException {
    try (PrivateCopy copy = copy("a")) {
      Files.move(copy.file(), folder.resolve("kept"));
      Files.write(copy.file(), CONTENT);
      assertRefused(copy);
    }
  }

  @Test
  void noticesThatTheFileBecameALink() throws IOException {
    try (PrivateCopy copy = copy("a")) {
      Files.move(copy.file(), folder.resolve("kept"));
      Files.createSymbolicLink(copy.file(), folder.resolve("kept"));
      assertRefused(copy);
    }
  }

  @Test
  void noticesThatTheFolderBecameALink() throws IOException {
    try (PrivateCopy copy = copy("a")) {
      Files.move(folder.resolve("a"), folder.resolve("moved"));
      Files.createSymbolicLink(folder.resolve("a"), folder.resolve("moved"));
      assertRefused(copy);
    }
  }

  @Test
  void noticesThatTheFolderWasOpenedToOthers() throws IOException {
    try (PrivateCopy copy = copy("a")) {
      Files.setPosixFilePermissions(
          copy.file().getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
      assertRefused(copy);
    }
  }

  @Test
  void noticesThatTheFolderBelongsToSomebodyElse() throws IOException {
    try (PrivateCopy copy = copy("a")) {
      assumeTrue("root".equals(Files.getOwner(copy.file()).getName()), "only root can give away");
      Files.setOwner(copy.file().getParent(), nobody());
      assertRefused(copy);
    }
  }

  @Test
  void noticesThatTheFileBelongsToSomebodyElse() throws IOException {
    try (PrivateCopy copy = copy("a")) {
      assumeTrue("root".equals(Files.getOwner(copy.file()).getName()), "only root can give away");
      Files.setOwner(copy.file(), nobody());
      assertRefused(copy);
    }
  }

  private UserPrincipal nobody() throws IOException {
    return folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
  }

  private static void assertRefused(PrivateCopy copy) {
    String message = assertThrows(NativeLibraryException.class, copy::verify).getMessage();
    assertTrue(message.contains("Refusing to load " + copy.file()), message);
  }

  private PrivateCopy copy(String... names) throws IOException {
    Iterator<String> proposals = List.of(names).iterator();
    return PrivateCopy.of(
        new ByteArrayInputStream(CONTENT), DIGEST, folder, "lib.so", proposals::next);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
