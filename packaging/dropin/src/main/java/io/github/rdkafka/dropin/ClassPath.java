package io.github.rdkafka.dropin;

import java.io.File;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** The application's class path. */
final class ClassPath {

  private static final Pattern NESTED = Pattern.compile("(.*/)?kafka-clients-[^/]*\\.jar");

  private ClassPath() {}

  /** Whether kafka-clients is neither on it nor inside one of its JARs, for a launcher to load. */
  static boolean isWithoutKafka() {
    if (ClassLoader.getSystemResource(KafkaClass.PRODUCER.resource()) != null) {
      return false;
    }
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      if (entry.endsWith(".jar") || entry.endsWith(".war")) {
        if (holdsKafka(new File(entry))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean holdsKafka(File jar) {
    try (ZipFile zip = new ZipFile(jar)) {
      return zip.stream().anyMatch(entry -> NESTED.matcher(entry.getName()).matches());
    } catch (IOException e) {
      return false;
    }
  }
}
