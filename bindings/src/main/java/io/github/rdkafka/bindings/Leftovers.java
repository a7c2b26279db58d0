package io.github.rdkafka.bindings;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Copies that earlier processes could not delete: killed between extracting and loading, or on
 * Windows, where a loaded library cannot be deleted.
 */
final class Leftovers {

  /** No process takes that long from extracting to loading. */
  private static final Duration MIN_AGE = Duration.ofHours(1);

  private Leftovers() {}

  /** Deletes the leftovers of this user beside a fresh copy; those in use on Windows stay. */
  static void deleteBeside(Path copy) {
    Path ours = copy.getParent();
    Instant before = Instant.now().minus(MIN_AGE);
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(ours.getParent(), PrivateCopy.PREFIX + "*")) {
      for (Path folder : folders) {
        if (isLeftover(folder, ours, before)) {
          PrivateCopy.delete(folder.resolve(copy.getFileName()));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // tidying up must not keep the library from loading
    }
  }

  /**
   * The folder of another user could be exchanged for a link to where this user's files would be
   * deleted.
   */
  private static boolean isLeftover(Path folder, Path ours, Instant before) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
            .equals(Files.getOwner(ours, LinkOption.NOFOLLOW_LINKS))
        && Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
            .toInstant()
            .isBefore(before);
  }
}
