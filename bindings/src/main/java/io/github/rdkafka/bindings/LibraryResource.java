package io.github.rdkafka.bindings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The library inside a platform's JAR.
 *
 * @param location where it lies
 * @param crc32 its CRC-32 in eight hexadecimal digits, from the properties beside it
 */
record LibraryResource(URL location, String crc32) {

  private static final String FOLDER = "META-INF/native/";
  private static final String PROPERTIES = "librdkafka.properties";

  /**
   * Finds the library of the wanted version for a platform.
   *
   * @param loaders where to look, in this order; nulls are skipped
   * @throws NativeLibraryException if there is none, or only other versions
   */
  static LibraryResource find(Platform platform, String version, ClassLoader... loaders) {
    String folder = FOLDER + platform.classifier() + "/";
    List<String> otherVersions = new ArrayList<>();
    List<URL> libraries = resources(folder + platform.libraryFileName(), loaders);
    for (URL library : libraries) {
      Properties properties = properties(library, resources(folder + PROPERTIES, loaders));
      if (version.equals(properties.getProperty("version"))) {
        return new LibraryResource(library, checksum(properties, library));
      }
      otherVersions.add(properties.getProperty("version") + " in " + library);
    }
    String artifact =
        "Add the artifact io.github.rdkafka:rdkafka-native-%s of the same version as rdkafka-bindings."
            .formatted(platform.classifier());
    if (!otherVersions.isEmpty()) {
      throw new NativeLibraryException(
          "The class path has librdkafka for %s, but not version %s that these bindings need: %s. %s"
              .formatted(
                  platform.classifier(), version, String.join(", ", otherVersions), artifact));
    }
    throw new NativeLibraryException(
        "The class path has no librdkafka for this platform: os.name=%s, os.arch=%s, classifier %s. "
                .formatted(
                    System.getProperty("os.name"),
                    System.getProperty("os.arch"),
                    platform.classifier())
            + "Looked for the resource %s%s. %s%s %s"
                .formatted(
                    folder,
                    platform.libraryFileName(),
                    otherPlatforms(loaders),
                    artifact,
                    LoaderSettings.ownLibraryHint()));
  }

  InputStream open() throws IOException {
    return location.openStream();
  }

  private static List<URL> resources(String name, ClassLoader... loaders) {
    return Stream.of(loaders)
        .filter(Objects::nonNull)
        .flatMap(loader -> loader.resources(name))
        .toList();
  }

  /** From the properties beside the library: each JAR that holds a library has its own. */
  private static Properties properties(URL library, List<URL> candidates) {
    for (URL candidate : candidates) {
      if (folderOf(candidate).equals(folderOf(library))) {
        return read(candidate);
      }
    }
    throw damaged(library, "no " + PROPERTIES + " lies beside it");
  }

  private static String folderOf(URL url) {
    String text = url.toString();
    return text.substring(0, text.lastIndexOf('/'));
  }

  private static Properties read(URL url) {
    Properties properties = new Properties();
    try (InputStream in = url.openStream()) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new NativeLibraryException("Cannot read " + url + ": " + e.getMessage(), e);
    }
    return properties;
  }

  private static String checksum(Properties properties, URL library) {
    String crc32 = properties.getProperty("crc32", "").strip();
    if (crc32.isEmpty()) {
      throw damaged(library, PROPERTIES + " beside it names no crc32");
    }
    return crc32;
  }

  private static NativeLibraryException damaged(URL library, String reason) {
    return new NativeLibraryException(
        library + " cannot be trusted: " + reason + ". Was the JAR repackaged without it?");
  }

  private static String otherPlatforms(ClassLoader... loaders) {
    List<String> found = new ArrayList<>();
    for (Platform other : Platform.all()) {
      if (!resources(FOLDER + other.classifier() + "/" + PROPERTIES, loaders).isEmpty()) {
        found.add(other.classifier());
      }
    }
    return found.isEmpty() ? "" : "It has: " + String.join(", ", found) + ". ";
  }
}
