package io.github.rdkafka.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run of one class gave.
 *
 * @param className of the tests
 * @param outcomes in the order in which they ended
 * @param producers on librdkafka
 * @param consumers on librdkafka
 * @param seconds from start to end of its JVM
 * @param problem why the run itself is no good, or empty
 */
record ClassResult(
    String className,
    List<Outcome> outcomes,
    long producers,
    long consumers,
    long seconds,
    String problem) {

  /** Reads what {@link ClassRun} wrote. */
  static ClassResult read(String className, Path file, long seconds, String problem)
      throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    String[] counts = {"", "0", "0"};
    boolean complete = false;
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    for (String line : lines) {
      if (Outcome.isCounts(line)) {
        counts = line.split("\t", -1);
        complete = true;
      } else {
        outcomes.add(Outcome.of(line));
      }
    }
    String reason = problem.isEmpty() && !complete ? "the JVM ended before its tests" : problem;
    return new ClassResult(
        className,
        List.copyOf(outcomes),
        Long.parseLong(counts[1]),
        Long.parseLong(counts[2]),
        seconds,
        reason.isEmpty() && outcomes.isEmpty() ? "no tests were found" : reason);
  }

  long count(Outcome.Status status) {
    return outcomes.stream().filter(each -> each.status() == status).count();
  }

  /** The failures that no list explains. */
  List<Outcome> unexplained(Impossible impossible) {
    return outcomes.stream()
        .filter(each -> each.status() == Outcome.Status.FAILED)
        .filter(each -> impossible.reason(className, each.method()).isEmpty())
        .toList();
  }
}
