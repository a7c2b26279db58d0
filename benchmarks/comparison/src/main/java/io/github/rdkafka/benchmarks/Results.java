package io.github.rdkafka.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that was measured, as the JSON file has it.
 *
 * @param form {@code quick} or {@code full}
 * @param started in UTC
 * @param seconds that it took
 * @param machine what it ran on
 * @param versions of what was compared
 * @param parameters that hold for every cell
 * @param failures one text for each run that failed; empty if null is given, as old files have it
 */
public record Results(
    String form,
    String started,
    long seconds,
    Map<String, String> machine,
    Map<String, String> versions,
    Map<String, String> parameters,
    List<CellResult> cells,
    List<String> failures) {
  /** Among the versions, that of this repository. */
  static final String COMMIT = "commit";

  /** Among the versions, the native library's bytes. */
  static final String LIBRARY = "librdkafka's SHA-256";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public Results {
    failures = failures == null ? List.of() : List.copyOf(failures);
  }

  public void write(Path file) throws IOException {
    JSON.writeValue(file.toFile(), this);
  }

  public static Results read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), Results.class);
  }

  /**
   * Pieces of one comparison, taken one after the other on the same machine. Their commits and
   * builds of librdkafka can differ, and are all named.
   *
   * @throws BenchmarkException if anything else differs
   */
  public static Results merge(List<Results> pieces) {
    Results first = pieces.getFirst();
    Map<String, String> versions = new LinkedHashMap<>(first.versions);
    Map<String, CellResult> cells = new LinkedHashMap<>();
    List<String> failures = new ArrayList<>();
    long seconds = 0;
    for (Results piece : pieces) {
      if (!piece.machine.equals(first.machine)
          || !withoutBuilds(piece.versions).equals(withoutBuilds(first.versions))
          || !piece.parameters.equals(first.parameters)) {
        throw new BenchmarkException(
            "the results of "
                + first.started
                + " and of "
                + piece.started
                + " are of other machines, versions or parameters: they cannot be merged");
      }
      seconds += piece.seconds;
      piece.versions.forEach(
          (name, version) ->
              versions.merge(name, version, (a, b) -> a.contains(b) ? a : a + ", " + b));
      failures.addAll(piece.failures);
      piece.cells.forEach(cell -> cells.merge(cell.cell().id(), cell, Results::merge));
    }
    return new Results(
        first.form,
        first.started,
        seconds,
        first.machine,
        versions,
        first.parameters,
        List.copyOf(cells.values()),
        failures);
  }

  private static Map<String, String> withoutBuilds(Map<String, String> versions) {
    Map<String, String> others = new LinkedHashMap<>(versions);
    others.remove(COMMIT);
    others.remove(LIBRARY);
    return others;
  }

  private static CellResult merge(CellResult a, CellResult b) {
    int last = a.runs().stream().mapToInt(Run::round).max().orElse(0);
    List<Run> runs = new ArrayList<>(a.runs());
    for (Run run : b.runs()) {
      runs.add(new Run(last + run.round(), run.contender(), run.measurement()));
    }
    return new CellResult(a.cell(), runs);
  }
}
