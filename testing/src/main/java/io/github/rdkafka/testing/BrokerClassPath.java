package io.github.rdkafka.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Where a forked broker's classes are.
 *
 * <p>They come as JARs inside the JAR rdkafka-testing-broker and are copied once to a cache of the
 * user: so they never meet the classes of a test, whose own versions of Kafka, Jackson or log4j
 * cannot break the broker either, and every build tool brings them like any other dependency.
 */
final class BrokerClassPath {

  /** A class path that takes the place of the bundled broker, for example {@code libs/*}. */
  static final String CLASS_PATH_PROPERTY = "rdkafka.testing.broker.classpath";

  /** The folder that keeps the bundled broker's JARs from one run to the next. */
  static final String CACHE_PROPERTY = "rdkafka.testing.cache.dir";

  private static final String BUNDLE = "META-INF/kafka-broker/";

  private BrokerClassPath() {}

  /**
   * The broker's class path, its JARs unpacked where needed.
   *
   * @param fallback holds the JARs when the user's cache folder cannot be written
   * @return the class path, joined as {@code java -cp} takes it
   */
  static String resolve(Path fallback) {
    String given = System.getProperty(CLASS_PATH_PROPERTY, "").strip();
    if (!given.isEmpty()) {
      return given;
    }
    List<String> names = bundledNames();
    try {
      return extract(names, cache(names));
    } catch (IOException unwritable) {
      try {
        return extract(names, fallback);
      } catch (IOException e) {
        e.addSuppressed(unwritable);
        throw new KafkaClusterException("cannot unpack the broker's JARs to " + fallback, e);
      }
    }
  }

  private static List<String> bundledNames() {
    try (InputStream in = resource("class-path").openStream()) {
      String line = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String> names = new ArrayList<>();
      for (String entry : line.strip().split(":", -1)) {
        names.add(entry.substring(entry.lastIndexOf('/') + 1));
      }
      return names;
    } catch (IOException e) {
      throw new KafkaClusterException("cannot read the JAR rdkafka-testing-broker", e);
    }
  }

  private static URL resource(String name) {
    URL url = BrokerClassPath.class.getClassLoader().getResource(BUNDLE + name);
    if (url == null) {
      throw new KafkaClusterException(
          "no Kafka broker on the class path ("
              + BUNDLE
              + name
              + "): add the dependency io.github.rdkafka:rdkafka-testing-broker, or name a Kafka"
              + " installation's JARs with -D"
              + CLASS_PATH_PROPERTY
              + "=/path/to/kafka/libs/*");
    }
    return url;
  }

  /** One folder for each set of JARs; their names hold their versions. */
  private static Path cache(List<String> names) {
    CRC32 crc = new CRC32();
    crc.update(String.join(":", names).getBytes(StandardCharsets.UTF_8));
    String folder = "kafka-broker-" + Long.toHexString(crc.getValue());
    String given = System.getProperty(CACHE_PROPERTY, "").strip();
    if (!given.isEmpty()) {
      return Path.of(given, folder);
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return base.resolve("rdkafka-testing").resolve(folder);
  }

  private static String extract(List<String> names, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> paths = new ArrayList<>();
    for (String name : names) {
      Path jar = folder.resolve(name);
      unpack(resource(name), jar);
      paths.add(jar.toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, paths);
  }

  /** Atomic: several JVMs may do the same at the same time. */
  private static void unpack(URL from, Path to) throws IOException {
    URLConnection bundled = from.openConnection();
    // A cached connection would keep the outer JAR open after this.
    bundled.setUseCaches(false);
    try (InputStream in = bundled.getInputStream()) {
      if (Files.exists(to) && Files.size(to) == bundled.getContentLengthLong()) {
        return;
      }
      Path part = Files.createTempFile(to.getParent(), to.getFileName().toString(), ".part");
      try {
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }
}
