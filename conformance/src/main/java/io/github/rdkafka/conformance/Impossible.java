package io.github.rdkafka.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tests that cannot pass on librdkafka, each with its reason. */
final class Impossible {

  private final Map<String, String> reasons = new LinkedHashMap<>();

  private Impossible() {}

  static Impossible none() {
    return new Impossible();
  }

  /**
   * Reads lines of {@code Class#method reason}; those that start with {@code #} are comments.
   *
   * @throws IllegalArgumentException for a line without a reason
   */
  static Impossible read(Path file) throws IOException {
    Impossible impossible = new Impossible();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int space = line.indexOf(' ');
      if (space < 0 || line.indexOf('#') < 0 || line.indexOf('#') > space) {
        throw new IllegalArgumentException(file + ": not 'Class#method reason': " + line);
      }
      impossible.reasons.put(line.substring(0, space), line.substring(space).strip());
    }
    return impossible;
  }

  Optional<String> reason(String className, String method) {
    return Optional.ofNullable(reasons.get(className + "#" + method));
  }
}
