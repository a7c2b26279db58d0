package io.github.rdkafka.bindings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Loads from a private copy, in the first folder that allows it. */
final class CopyLoader {

  /** Where the library's bytes come from. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  private final List<Path> folders;
  private final LibraryOpener opener;
  private final SecureRandom random = new SecureRandom();

  CopyLoader(List<Path> folders, LibraryOpener opener) {
    this.folders = List.copyOf(folders);
    this.opener = opener;
  }

  /**
   * Copies and loads.
   *
   * @param crc32 the CRC-32 that the content must have, or null if it is not known
   * @param fileName the library's file name
   * @param origin what messages call it
   * @throws NativeLibraryException if the content is wrong, or no folder can hold it
   */
  NativeLibrary load(Source source, String crc32, String fileName, String origin) {
    List<String> refusals = new ArrayList<>();
    Throwable first = null;
    for (Path folder : folders) {
      try (InputStream content = source.open();
          PrivateCopy copy =
              PrivateCopy.of(content, crc32, existing(folder), fileName, this::folderName)) {
        if (copy.isExecutable()) {
          return open(copy, origin);
        }
        refusals.add(folder + " is mounted noexec");
      } catch (IOException e) {
        refusals.add(folder + ": " + e);
        first = first == null ? e : first;
      } catch (UnsatisfiedLinkError e) {
        if (!isFolderToBlame(e)) {
          throw new NativeLibraryException(origin + " cannot be loaded: " + e.getMessage(), e);
        }
        refusals.add(folder + ": " + e.getMessage());
        first = first == null ? e : first;
      }
    }
    throw new NativeLibraryException(
        "Found %s, and no folder to extract it to from which it can be loaded: %s. Set -D%s=FOLDER to one that this user may write to and that is not mounted noexec."
            .formatted(origin, String.join("; ", refusals), LoaderSettings.TMPDIR),
        first);
  }

  private NativeLibrary open(PrivateCopy copy, String origin) throws IOException {
    copy.verify();
    NativeLibrary library = opener.open(copy.file(), origin);
    Leftovers.deleteBeside(copy.file());
    return library;
  }

  /** A user's cache folder need not exist yet. */
  private static Path existing(Path folder) throws IOException {
    return Files.isDirectory(folder)
        ? folder
        : Files.createDirectories(folder, PrivateCopy.ownerOnly(folder));
  }

  private String folderName() {
    return PrivateCopy.PREFIX + HexFormat.of().toHexDigits(random.nextLong());
  }

  /** The kernel, or a security module, refuses to map what lies there as code. */
  private static boolean isFolderToBlame(UnsatisfiedLinkError e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("failed to map segment")
        || message.contains("Operation not permitted")
        || message.contains("Permission denied");
  }
}
