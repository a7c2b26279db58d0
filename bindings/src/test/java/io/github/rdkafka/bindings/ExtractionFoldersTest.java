package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractionFoldersTest {

  @TempDir Path folder;

  @Test
  void temporaryThenCacheThenWorkingFolder() {
    assertEquals(
        paths("/tmp", "/home/ada/.cache", "/srv/app"),
        ExtractionFolders.of("Linux", "/tmp", "/home/ada", "/srv/app", Map.of()));
    assertEquals(
        paths("/tmp", "/caches", "/srv/app"),
        ExtractionFolders.of(
            "Linux", "/tmp", "/home/ada", "/srv/app", Map.of("XDG_CACHE_HOME", "/caches")));
    assertEquals(
        paths("/tmp", "/Users/ada/Library/Caches", "/srv/app"),
        ExtractionFolders.of("Mac OS X", "/tmp", "/Users/ada", "/srv/app", Map.of()));
    assertEquals(
        paths("/t", "/local", "/app"),
        ExtractionFolders.of("Windows 11", "/t", "/ada", "/app", Map.of("LOCALAPPDATA", "/local")));
  }

  @Test
  void whatTheJvmDoesNotKnowIsLeftOut() {
    assertEquals(paths("/srv/app"), ExtractionFolders.of("Linux", "", "?", "/srv/app", Map.of()));
    assertEquals(paths("/app"), ExtractionFolders.of("Windows 11", "\0", "", "/app", Map.of()));
    assertEquals(
        paths("/home/ada/.cache"),
        ExtractionFolders.of("Linux", "", "/home/ada", "", Map.of("XDG_CACHE_HOME", "relative")));
  }

  @Test
  void aFolderIsTriedOnce() {
    assertEquals(
        paths("/tmp", "/home/ada/.cache"),
        ExtractionFolders.of("Linux", "/tmp", "/home/ada", "/tmp/", Map.of()));
  }

  @Test
  void foldersWhereOthersCanRenameOursComeLast() throws IOException {
    Path open = folderWith("open", "rwxrwxrwx");
    Path shared = folderWith("shared", "rwxrwx---");
    Path own = folderWith("own", "rwx------");
    Path missing = folder.resolve("missing");
    Path sticky = folderWith("sticky", "rwxrwxrwx");
    Files.setAttribute(sticky, "unix:mode", 01777);

    assertEquals(
        List.of(own, missing, sticky, open, shared),
        ExtractionFolders.safestFirst(List.of(open, own, shared, missing, sticky)));
  }

  private Path folderWith(String name, String permissions) throws IOException {
    return Files.setPosixFilePermissions(
        Files.createDirectory(folder.resolve(name)), PosixFilePermissions.fromString(permissions));
  }

  private static List<Path> paths(String... paths) {
    return List.of(paths).stream().map(Path::of).toList();
  }
}
