package io.github.rdkafka.bindings;

import java.nio.file.Path;
import java.util.List;

/**
 * What decides where the library is taken from and where it is extracted to.
 *
 * @param libraryPath a library of the user's own that is loaded in place, or null
 * @param tmpdir the only folder in which to extract, or null
 * @param folders the folders in which to extract when {@code tmpdir} is null, in order of
 *     preference
 */
record LoaderSettings(String libraryPath, String tmpdir, List<Path> folders) {

  static final String LIBRARY_PATH = "rdkafka.library.path";
  static final String TMPDIR = "rdkafka.tmpdir";

  /** The last sentence of most messages. */
  static String ownLibraryHint() {
    return "To use a librdkafka %s of your own, set -D%s=FILE."
        .formatted(LibraryVersion.format(LibraryVersion.expected()), LIBRARY_PATH);
  }

  static LoaderSettings ofSystem() {
    return new LoaderSettings(
        property(LIBRARY_PATH), property(TMPDIR), ExtractionFolders.ofSystem());
  }

  private static String property(String key) {
    String value = System.getProperty(key, "");
    return value.isBlank() ? null : value;
  }
}
