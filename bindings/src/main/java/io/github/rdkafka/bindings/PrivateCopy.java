package io.github.rdkafka.bindings;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * A copy of the library in a new folder that only this user can enter, under a name that nobody can
 * foresee. Each load has its own copy: nothing is shared between processes or class loaders, so
 * nothing has to be locked, and a second class loader gets a file of its own (the JVM refuses to
 * load one file in two).
 */
final class PrivateCopy implements AutoCloseable {

  static final String PREFIX = "rdkafka-java-";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final int NAME_ATTEMPTS = 100;

  private final Path file;
  private final Object identity;

  private PrivateCopy(Path file, Object identity) {
    this.file = file;
    this.identity = identity;
  }

  /**
   * Copies a library.
   *
   * @param content the library, read to its end and not closed
   * @param crc32 its CRC-32 in hexadecimal, or null if it is not known
   * @param parent an existing folder
   * @param fileName the library's file name
   * @param names proposes names for the new folder
   * @throws IOException if the folder does not allow it
   * @throws NativeLibraryException if the content has another checksum
   */
  static PrivateCopy of(
      InputStream content, String crc32, Path parent, String fileName, Supplier<String> names)
      throws IOException {
    // a temporary folder may well be a symbolic link; what lies in it may not
    Path file = newFolder(parent.toRealPath(), names).resolve(fileName);
    try {
      String actual = write(content, file);
      if (crc32 != null && !crc32.equalsIgnoreCase(actual)) {
        throw new NativeLibraryException(
            "%s is damaged: it has %d bytes with the CRC-32 %s, and %s was expected. Was the JAR filtered or cut short?"
                .formatted(fileName, Files.size(file), actual, crc32));
      }
      return new PrivateCopy(file, attributes(file).fileKey());
    } catch (IOException | RuntimeException e) {
      delete(file);
      throw e;
    }
  }

  Path file() {
    return file;
  }

  /**
   * Whether a library can be executed where the copy lies: false if the file system is mounted
   * noexec.
   */
  boolean isExecutable() {
    return Files.isExecutable(file);
  }

  /**
   * Checks that the copy is still what was written.
   *
   * @throws NativeLibraryException if somebody else exchanged it or could
   */
  void verify() throws IOException {
    Path folder = file.getParent();
    boolean ours =
        attributes(folder).isDirectory()
            && attributes(file).isRegularFile()
            && (identity == null || identity.equals(attributes(file).fileKey()));
    if (ours && isPosix(file)) {
      ours =
          Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY)
              && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
                  .equals(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS));
    }
    if (!ours) {
      throw new NativeLibraryException(
          "Refusing to load %s: the file or its folder was exchanged or opened to others while it was extracted."
              .formatted(file));
    }
  }

  /**
   * Deletes the copy. A loaded library stays mapped without its file, except on Windows, which
   * refuses.
   */
  @Override
  public void close() {
    delete(file);
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    } catch (IOException e) {
      // in use on Windows: a later process takes it away
    }
  }

  private static Path newFolder(Path parent, Supplier<String> names) throws IOException {
    FileAttribute<?>[] attributes = ownerOnly(parent);
    FileAlreadyExistsException last = null;
    for (int i = 0; i < NAME_ATTEMPTS; i++) {
      try {
        // fails if anything has the name, and does not follow a symbolic link of that name
        return Files.createDirectory(parent.resolve(names.get()), attributes);
      } catch (FileAlreadyExistsException e) {
        last = e;
      }
    }
    throw last;
  }

  // Not a digest: this is against damage only, and the JVM has not compiled SHA-256 yet.
  private static String write(InputStream content, Path file) throws IOException {
    CRC32 checksum = new CRC32();
    Files.createFile(file, ownerOnly(file));
    try (OutputStream out =
        new CheckedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            checksum)) {
      content.transferTo(out);
    }
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  static FileAttribute<?>[] ownerOnly(Path path) {
    return isPosix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
