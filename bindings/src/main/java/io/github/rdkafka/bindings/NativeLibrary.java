package io.github.rdkafka.bindings;

import java.lang.foreign.SymbolLookup;

/**
 * The librdkafka of this class loader.
 *
 * <p>{@link #load()} must have returned before any function of {@link
 * io.github.rdkafka.bindings.librdkafka.rdkafka_h} is used: until then their symbols cannot be
 * found.
 *
 * <p>The library comes from the class path, where each platform's JAR ({@code
 * rdkafka-native-<classifier>}) holds one, and is extracted to a folder that only this user can
 * read. System properties:
 *
 * <ul>
 *   <li>{@code rdkafka.library.path}: a librdkafka of one's own, loaded from where it lies, instead
 *       of the one on the class path. It must have the version that the bindings were made from.
 *   <li>{@code rdkafka.tmpdir}: the folder in which to extract, instead of the first usable one of
 *       {@code java.io.tmpdir}, the user's cache folder and the working folder. It must not be
 *       mounted {@code noexec}.
 * </ul>
 *
 * <p>The JVM needs {@code --enable-native-access} for this module; without it, it warns, or refuses
 * under {@code --illegal-native-access=deny}.
 */
public final class NativeLibrary {

  /** What the first load did: exactly one of both is there. */
  private record Outcome(NativeLibrary library, NativeLibraryException failure) {}

  private static Outcome outcome;

  private final String version;
  private final String origin;

  NativeLibrary(String version, String origin) {
    this.version = version;
    this.origin = origin;
  }

  /**
   * Loads librdkafka into this class loader, at the first call; later calls return or throw what
   * the first one did. Safe from any thread.
   *
   * @return what was loaded
   * @throws NativeLibraryException if there is none for this platform, it has another version, or
   *     it cannot be loaded
   */
  public static synchronized NativeLibrary load() {
    if (outcome == null) {
      outcome = firstLoad();
      if (outcome.failure() != null) {
        throw outcome.failure();
      }
    }
    if (outcome.failure() != null) {
      // a new one, for the stack of this caller
      throw new NativeLibraryException(outcome.failure().getMessage(), outcome.failure());
    }
    return outcome.library();
  }

  private static Outcome firstLoad() {
    try {
      return new Outcome(LibraryLoader.ofSystem().load(), null);
    } catch (NativeLibraryException e) {
      return new Outcome(null, e);
    } catch (RuntimeException | LinkageError e) {
      return new Outcome(
          null, new NativeLibraryException("librdkafka could not be loaded: " + e, e));
    }
  }

  /** {@return the library's version, like {@code 2.15.1}} */
  public String version() {
    return version;
  }

  /**
   * Whether the library has a function; one of one's own lacks those that our patches add.
   *
   * @param function its name in C
   */
  public boolean has(String function) {
    return SymbolLookup.loaderLookup().find(function).isPresent();
  }

  /** {@return where the library was taken from: the location of a resource, or a file} */
  public String origin() {
    return origin;
  }

  @Override
  public String toString() {
    return "librdkafka " + version + " from " + origin;
  }
}
