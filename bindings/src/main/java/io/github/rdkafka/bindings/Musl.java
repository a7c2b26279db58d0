package io.github.rdkafka.bindings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells musl from glibc: a library built for one does not work in a process that runs on the other.
 */
final class Musl {

  private static final List<String> MUSL_LOADERS =
      List.of("/lib/ld-musl-x86_64.so.1", "/lib/ld-musl-aarch64.so.1");
  private static final List<String> GLIBC_LOADERS =
      List.of("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1");

  private Musl() {}

  static boolean isRunning() {
    List<String> maps;
    try {
      // ISO-8859-1 because paths in it need not be UTF-8
      maps = Files.readAllLines(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      maps = List.of();
    }
    return decide(maps, file -> Files.exists(Path.of(file)));
  }

  /**
   * Decides by the C library that is mapped into the process; a system can have both installed.
   * Only when the mappings cannot be read, by which one is installed.
   *
   * @param maps lines of {@code /proc/self/maps}, empty if they cannot be read
   * @param exists whether a file exists
   */
  static boolean decide(List<String> maps, Predicate<String> exists) {
    if (!maps.isEmpty()) {
      return maps.stream().anyMatch(Musl::isMuslMapping);
    }
    return MUSL_LOADERS.stream().anyMatch(exists) && GLIBC_LOADERS.stream().noneMatch(exists);
  }

  /**
   * musl is one file, loader and library: Alpine calls it ld-musl-*, others libc.so (glibc's is
   * libc.so.6).
   */
  private static boolean isMuslMapping(String line) {
    String file = line.substring(line.lastIndexOf('/') + 1);
    return file.startsWith("ld-musl-") || file.startsWith("libc.musl-") || file.equals("libc.so");
  }
}
