package io.github.rdkafka.examples.quickstart;

import java.util.Optional;

/**
 * A line from the client's JVM to the one that shows it.
 *
 * @param done how many records the step is through with
 * @param measurement what it took, once the step has ended; null before
 */
record Report(Step step, long done, Measurement measurement) {
  private static final String MARK = "[quickstart]";

  String format() {
    String line = MARK + " " + step + " " + done;
    return measurement == null
        ? line
        : line + " " + measurement.nanos() + " " + measurement.cpuNanos();
  }

  /** The report in a line; empty if the line is something else that was printed. */
  static Optional<Report> parse(String line) {
    if (!line.startsWith(MARK)) {
      return Optional.empty();
    }
    String[] words = line.split(" ", -1);
    int done = Integer.parseInt(words[2]);
    Measurement measurement =
        words.length < 5
            ? null
            : new Measurement(done, Long.parseLong(words[3]), Long.parseLong(words[4]));
    return Optional.of(new Report(Step.valueOf(words[1]), done, measurement));
  }
}
