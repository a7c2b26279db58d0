package io.github.rdkafka.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Tests to run.
 *
 * @param className in full
 * @param methods none for all
 */
record TestClass(String className, List<String> methods) {

  /**
   * Reads {@code Class[#method],…}; a class may be given without its package.
   *
   * @param classPath where Kafka's tests are
   * @throws IllegalArgumentException for a class that is not there, or in more than one package
   */
  static List<TestClass> parse(String text, String classPath) throws IOException {
    Map<String, List<String>> classes = new LinkedHashMap<>();
    for (String each : text.split(",", -1)) {
      String[] parts = each.strip().split("#", 2);
      if (!parts[0].isEmpty()) {
        List<String> methods =
            classes.computeIfAbsent(resolve(parts[0], classPath), name -> new ArrayList<>());
        if (parts.length == 2) {
          methods.add(parts[1]);
        }
      }
    }
    return classes.entrySet().stream()
        .map(entry -> new TestClass(entry.getKey(), List.copyOf(entry.getValue())))
        .toList();
  }

  /** Lines of {@code Class[#method]}; those that start with {@code #} are comments. */
  static String read(Path file) throws IOException {
    return String.join(
        ",", Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList());
  }

  private static String resolve(String name, String classPath) throws IOException {
    String ending = name.replace('.', '/') + ".class";
    TreeSet<String> found = new TreeSet<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (!entry.endsWith("-test.jar")) {
        continue;
      }
      try (ZipFile jar = new ZipFile(entry)) {
        jar.stream()
            .map(ZipEntry::getName)
            .filter(each -> each.equals(ending) || each.endsWith("/" + ending))
            .forEach(each -> found.add(each.replace(".class", "").replace('/', '.')));
      }
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          found.isEmpty()
              ? "Kafka's tests have no class " + name
              : name + " is in more than one package: " + found);
    }
    return found.first();
  }
}
