package io.github.rdkafka.dropin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * The client, the bindings and the platforms' libraries inside the agent's JAR, in a folder where
 * neither the application nor what scans its class path takes them for classes of its own.
 */
final class Bundle {

  private static final String FOLDER = "META-INF/rdkafka-dropin/";
  private static final String SUFFIX = ".class";

  /** Classes of the agent that belong beside the client, see {@link ClientModule}. */
  private static final String INSIDE = "io/github/rdkafka/dropin/inside/";

  private final JarFile jar;
  private final CodeSource source;
  private final Set<String> packages;

  private Bundle(JarFile jar, CodeSource source) {
    this.jar = jar;
    this.source = source;
    this.packages =
        jar.stream()
            .map(JarEntry::getName)
            .filter(name -> name.endsWith(SUFFIX))
            .filter(name -> name.startsWith(FOLDER) || name.startsWith(INSIDE))
            .map(Bundle::withoutFolder)
            .filter(name -> name.indexOf('/') > 0)
            .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Opens the JAR that this class comes from.
   *
   * @throws IOException if it cannot be read, or holds no client
   */
  static Bundle open() throws IOException {
    return open(Bundle.class.getProtectionDomain().getCodeSource());
  }

  static Bundle open(CodeSource source) throws IOException {
    try {
      Bundle bundle =
          new Bundle(new JarFile(Path.of(source.getLocation().toURI()).toFile()), source);
      if (!bundle.packages.contains("io.github.rdkafka")) {
        throw new IOException(source.getLocation() + " does not hold the client");
      }
      return bundle;
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new IOException(source.getLocation() + " is not a file", e);
    }
  }

  CodeSource source() {
    return source;
  }

  /** The version of kafka-clients that the client is compiled against. */
  String kafkaVersion() {
    try {
      return jar.getManifest().getMainAttributes().getValue("Kafka-Version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All packages with classes. */
  Set<String> packages() {
    return packages;
  }

  /** The bytes of a class, or null if there is none of this name. */
  byte[] classFile(String className) {
    String path = className.replace('.', '/') + SUFFIX;
    JarEntry entry = jar.getJarEntry(path.startsWith(INSIDE) ? path : FOLDER + path);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a resource lies, or null if there is none of this name. */
  URL resource(String name) {
    if (jar.getJarEntry(FOLDER + name) == null) {
      return null;
    }
    try {
      return URI.create("jar:" + source.getLocation() + "!/" + FOLDER + name).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String withoutFolder(String name) {
    return name.startsWith(FOLDER) ? name.substring(FOLDER.length()) : name;
  }
}
