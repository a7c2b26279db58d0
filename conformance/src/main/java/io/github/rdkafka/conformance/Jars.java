package io.github.rdkafka.conformance;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where classes lie. */
final class Jars {

  private Jars() {}

  /** A class path, with this program before it. */
  static String ownAnd(String classPath) {
    try {
      Path own = Path.of(Jars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return own + File.pathSeparator + classPath;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
