package io.github.rdkafka.it.churn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a member wrote down: the offsets that it processed and committed, and how many partitions it
 * had. Its last line may be cut off, since members are killed.
 */
record Journal(String name, Path file) {
  /**
   * What became of the offsets that were processed.
   *
   * @param committed of each partition, in the order of the commits
   * @param lost those of which the member was told that they are no longer its own
   * @param open those whose commit it was not told the end of
   */
  record Contents(
      Map<Integer, List<Long>> committed,
      Map<Integer, List<Long>> lost,
      Map<Integer, List<Long>> open,
      List<String> failures) {}

  /** The number of its partitions when it last wrote; 0 before it did. */
  int assigned() {
    return lines().stream()
        .filter(line -> line.startsWith("assigned "))
        .reduce((first, second) -> second)
        .map(line -> Integer.parseInt(line.substring("assigned ".length())))
        .orElse(0);
  }

  boolean hasProcessed() {
    return lines().stream().anyMatch(line -> line.startsWith("processed "));
  }

  Contents contents() {
    Contents contents =
        new Contents(new HashMap<>(), new HashMap<>(), new HashMap<>(), new ArrayList<>());
    for (String line : lines()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "processed" -> of(contents.open, words[1]).add(Long.valueOf(words[2]));
        case "committed" -> settle(contents.open, contents.committed, words[1]);
        case "lost" -> settle(contents.open, contents.lost, words[1]);
        case "failed" -> contents.failures.add(name + ": " + line);
        default -> {}
      }
    }
    return contents;
  }

  private static void settle(
      Map<Integer, List<Long>> open, Map<Integer, List<Long>> settled, String partition) {
    List<Long> offsets = of(open, partition);
    of(settled, partition).addAll(offsets);
    offsets.clear();
  }

  private static List<Long> of(Map<Integer, List<Long>> offsets, String partition) {
    return offsets.computeIfAbsent(Integer.valueOf(partition), any -> new ArrayList<>());
  }

  /** Whole lines only. */
  private List<String> lines() {
    try {
      String text = Files.readString(file);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (NoSuchFileException notYet) {
      return List.of();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
