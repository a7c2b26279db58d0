package io.github.rdkafka.conformance;

import java.util.Locale;

/**
 * What became of one test, as a line of the results file.
 *
 * @param method the test's method, or empty for what failed around tests
 * @param name with its parameters
 * @param status how it ended
 * @param message the first line of what it threw, or empty
 */
record Outcome(String method, String name, Status status, String message) {

  /** How a test ended. */
  enum Status {
    PASSED,
    FAILED,
    SKIPPED
  }

  private static final String COUNTS = "#counts";

  /** The line that ends the file of a run that was not cut off. */
  static String counts(long producers, long consumers) {
    return String.join("\t", COUNTS, Long.toString(producers), Long.toString(consumers));
  }

  static boolean isCounts(String line) {
    return line.startsWith(COUNTS + "\t");
  }

  String toLine() {
    return String.join("\t", status.name(), flat(method), flat(name), flat(message));
  }

  static Outcome of(String line) {
    String[] parts = line.split("\t", 4);
    return new Outcome(
        parts[1], parts[2], Status.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[3]);
  }

  private static String flat(String text) {
    return text == null ? "" : text.replaceAll("\\s+", " ").strip();
  }
}
