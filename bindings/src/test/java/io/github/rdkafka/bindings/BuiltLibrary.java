package io.github.rdkafka.bindings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * The librdkafka that the build made for this platform, and class paths that hold it or something
 * worse.
 */
final class BuiltLibrary {

  static final Platform PLATFORM = Platform.current();
  static final String VERSION = LibraryVersion.format(LibraryVersion.expected());
  private static final String FOLDER = "META-INF/native/" + PLATFORM.classifier();

  private BuiltLibrary() {}

  static byte[] bytes() throws IOException {
    String resource = FOLDER + "/" + PLATFORM.libraryFileName();
    try (InputStream in = BuiltLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new AssertionError("no " + resource + " on the class path of the tests");
      }
      return in.readAllBytes();
    }
  }

  /** Writes the library as a file. */
  static Path file(Path folder) throws IOException {
    return Files.write(folder.resolve(PLATFORM.libraryFileName()), bytes());
  }

  /** A class path entry as a platform's JAR has it. */
  static Path classPath(Path folder) throws IOException {
    return classPath(folder, bytes(), VERSION, crc32(bytes()));
  }

  static Path classPath(Path folder, byte[] library, String version, String crc32)
      throws IOException {
    Path folderInside = Files.createDirectories(folder.resolve(FOLDER));
    Files.write(folderInside.resolve(PLATFORM.libraryFileName()), library);
    Files.writeString(
        folderInside.resolve("librdkafka.properties"),
        "version=%s\ncrc32=%s\n".formatted(version, crc32));
    return folder;
  }

  static String crc32(byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }
}
