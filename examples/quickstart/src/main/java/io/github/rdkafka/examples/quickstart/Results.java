package io.github.rdkafka.examples.quickstart;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What was measured in all rounds. Each figure is the median of its own over the rounds. */
final class Results {
  private final Map<Client, Map<Step, List<Measurement>>> rounds = new EnumMap<>(Client.class);

  void add(Client client, Step step, Measurement measurement) {
    rounds
        .computeIfAbsent(client, c -> new EnumMap<>(Step.class))
        .computeIfAbsent(step, s -> new ArrayList<>())
        .add(measurement);
  }

  double recordsPerSecond(Client client, Step step) {
    return median(client, step, Measurement::recordsPerSecond);
  }

  double cpuMicrosPerRecord(Client client, Step step) {
    return median(client, step, Measurement::cpuMicrosPerRecord);
  }

  private double median(Client client, Step step, ToDoubleFunction<Measurement> figure) {
    double[] sorted = rounds.get(client).get(step).stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
