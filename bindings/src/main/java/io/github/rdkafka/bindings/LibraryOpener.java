package io.github.rdkafka.bindings;

import java.io.IOException;
import java.nio.file.Path;

/** The last step of loading: hands a file to the JVM. */
@FunctionalInterface
interface LibraryOpener {

  /**
   * Loads a file as librdkafka into the class loader of this package.
   *
   * @param file what to load
   * @param origin what messages call it
   * @throws NativeLibraryException if it is not the librdkafka that is needed
   * @throws UnsatisfiedLinkError if the operating system refuses it
   */
  NativeLibrary open(Path file, String origin) throws IOException;
}
