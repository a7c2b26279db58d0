package io.github.rdkafka.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Decides which library is loaded: the user's own, or the one on the class path for the running
 * platform.
 */
final class LibraryLoader {

  private final LoaderSettings settings;
  private final Supplier<Platform> platform;
  private final LibraryOpener opener;
  private final ClassLoader[] resources;

  /**
   * Creates a loader.
   *
   * @param platform asked only when needed: a library of the user's own may be for one that is not
   *     known here
   * @param resources where platforms' JARs are looked for; nulls are skipped
   */
  LibraryLoader(
      LoaderSettings settings,
      Supplier<Platform> platform,
      LibraryOpener opener,
      ClassLoader... resources) {
    this.settings = settings;
    this.platform = platform;
    this.opener = opener;
    this.resources = resources.clone();
  }

  static LibraryLoader ofSystem() {
    return new LibraryLoader(
        LoaderSettings.ofSystem(),
        Platform::current,
        new SystemOpener(Platform::current),
        NativeLibrary.class.getClassLoader(),
        Thread.currentThread().getContextClassLoader());
  }

  /** Loads; see {@link NativeLibrary#load()}. */
  NativeLibrary load() {
    NativeAccess.require();
    return settings.libraryPath() == null ? loadFromClassPath() : loadOwn();
  }

  private NativeLibrary loadFromClassPath() {
    Platform running = platform.get();
    String version = LibraryVersion.format(LibraryVersion.expected());
    LibraryResource resource = LibraryResource.find(running, version, resources);
    return copyLoader()
        .load(
            resource::open,
            resource.crc32(),
            running.libraryFileName(),
            resource.location().toString());
  }

  private NativeLibrary loadOwn() {
    Path file = ownFile();
    try {
      return opener.open(file.toRealPath(), file.toString());
    } catch (IOException e) {
      throw own(file + " cannot be read: " + e, e);
    } catch (UnsatisfiedLinkError e) {
      if (isInAnotherClassLoader(e)) {
        return copyLoader()
            .load(
                () -> Files.newInputStream(file),
                null,
                file.getFileName().toString(),
                file.toString());
      }
      throw own(file + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  private Path ownFile() {
    Path file = path(LoaderSettings.LIBRARY_PATH, settings.libraryPath());
    if (!Files.isRegularFile(file)) {
      throw own(file + (Files.exists(file) ? " is not a file" : " does not exist"), null);
    }
    return file;
  }

  private CopyLoader copyLoader() {
    List<Path> folders =
        settings.tmpdir() == null
            ? ExtractionFolders.safestFirst(settings.folders())
            : List.of(path(LoaderSettings.TMPDIR, settings.tmpdir()));
    return new CopyLoader(folders, opener);
  }

  private static Path path(String property, String value) {
    try {
      return Path.of(value).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new NativeLibraryException("-D%s: %s is not a path".formatted(property, value), e);
    }
  }

  private static NativeLibraryException own(String problem, Throwable cause) {
    return new NativeLibraryException("-D" + LoaderSettings.LIBRARY_PATH + ": " + problem, cause);
  }

  /** The JVM loads a file in one class loader only. */
  private static boolean isInAnotherClassLoader(UnsatisfiedLinkError e) {
    return String.valueOf(e.getMessage()).contains("already loaded in another classloader");
  }
}
