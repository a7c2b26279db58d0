package io.github.rdkafka.bindings;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Loads with {@link System#load}, whose errors keep the operating system's reason, after looking at
 * what it is.
 */
final class SystemOpener implements LibraryOpener {

  private final Supplier<Platform> platform;

  SystemOpener(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public NativeLibrary open(Path file, String origin) throws IOException {
    checkFormat(file, origin);
    checkContent(file, origin);
    System.load(file.toString());
    MemorySegment loaded = keep(file, origin);
    return new NativeLibrary(LibraryVersion.format(LibraryVersion.call(loaded)), origin);
  }

  private void checkFormat(Path file, String origin) throws IOException {
    Platform running;
    try {
      running = platform.get();
    } catch (NativeLibraryException e) {
      // a library of the user's own for a platform that this project does not know
      return;
    }
    Optional<String> problem = LibraryFile.problem(file, running);
    if (problem.isPresent()) {
      throw new NativeLibraryException(origin + " " + problem.get() + ".");
    }
  }

  /** Before {@link System#load}, because what that has loaded stays until its class loader goes. */
  private static void checkContent(Path file, String origin) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment function = versionFunction(SymbolLookup.libraryLookup(file, arena), origin);
      checkVersion(LibraryVersion.call(function), origin);
      checkAlone(function, origin);
    } catch (IllegalArgumentException e) {
      // cannot be opened; System.load will fail too, and say why
    }
  }

  private static void checkVersion(int version, String origin) {
    int expected = LibraryVersion.expected();
    if (version != expected) {
      throw new NativeLibraryException(
          "%s is librdkafka %s (0x%08x), and these bindings are made for librdkafka %s (0x%08x)."
              .formatted(
                  origin,
                  LibraryVersion.format(version),
                  version,
                  LibraryVersion.format(expected),
                  expected));
    }
  }

  /**
   * The JVM searches a symbol in everything that the class loader has loaded, in no defined order:
   * with two librdkafkas the functions of one would be called with objects of the other.
   */
  private static void checkAlone(MemorySegment function, String origin) {
    Optional<MemorySegment> earlier = LibraryVersion.function(SymbolLookup.loaderLookup());
    if (earlier.isPresent() && !earlier.get().equals(function)) {
      throw new NativeLibraryException(
          "Cannot load %s: this class loader has already loaded another library with librdkafka's functions. Use another class loader for one of the two."
              .formatted(origin));
    }
  }

  /**
   * Keeps the library mapped until the process ends. The JVM unmaps it when it collects the class
   * loader, while threads of librdkafka, or destructors that OpenSSL registered for threads of the
   * JVM, may still have to run its code.
   */
  private static MemorySegment keep(Path file, String origin) {
    return versionFunction(SymbolLookup.libraryLookup(file, Arena.global()), origin);
  }

  private static MemorySegment versionFunction(SymbolLookup library, String origin) {
    return LibraryVersion.function(library)
        .orElseThrow(
            () ->
                new NativeLibraryException(
                    origin + " has no rd_kafka_version: it is not librdkafka."));
  }
}
