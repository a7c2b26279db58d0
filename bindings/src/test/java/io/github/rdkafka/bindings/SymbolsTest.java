package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.rdkafka.bindings.librdkafka.rdkafka_h;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymbolsTest {

  private static final String ADDRESS = "$address";

  @BeforeAll
  static void load() {
    NativeLibrary.load();
  }

  @Test
  void everyBoundFunctionResolvesInTheBuiltLibrary() throws Exception {
    for (Map.Entry<String, Method> function : addresses().entrySet()) {
      MemorySegment symbol = (MemorySegment) function.getValue().invoke(null);
      assertNotEquals(0, symbol.address(), function.getKey());
    }
  }

  @Test
  void theInventoryAndTheBoundFunctionsAreTheSame() throws Exception {
    Set<String> wanted = new TreeSet<>(wanted("--include-function"));
    Set<String> bound = new TreeSet<>(addresses().keySet());

    assertFalse(bound.isEmpty());
    assertEquals(String.join("\n", wanted), String.join("\n", bound));
  }

  @Test
  void constantsHaveTheValuesOfTheCCompiler(@TempDir Path folder) throws Exception {
    List<String> names = wanted("--include-constant");
    Files.writeString(
        folder.resolve("constants.h"),
        String.join("\n", names.stream().map(name -> "CONSTANT(" + name + ")").toList()));
    List<String> ours = new ArrayList<>();
    for (String name : names) {
      ours.add(name + " " + rdkafka_h.class.getMethod(name).invoke(null));
    }

    assertEquals(String.join("\n", CCompiler.run("constants.c", folder)), String.join("\n", ours));
  }

  @Test
  void theLibraryHasTheVersionOfTheHeader() {
    assertEquals(rdkafka_h.RD_KAFKA_VERSION(), rdkafka_h.rd_kafka_version());
    assertEquals(NativeLibrary.load().version(), rdkafka_h.rd_kafka_version_str().getString(0));
  }

  /**
   * jextract gives a function a method for its address, and a variadic one a class with such a
   * method.
   */
  private static Map<String, Method> addresses() throws NoSuchMethodException {
    Map<String, Method> addresses = new TreeMap<>();
    for (Method method : rdkafka_h.class.getMethods()) {
      if (method.getName().endsWith(ADDRESS)) {
        addresses.put(method.getName().replace(ADDRESS, ""), method);
      }
    }
    for (Class<?> variadic : rdkafka_h.class.getClasses()) {
      addresses.put(variadic.getSimpleName(), variadic.getMethod("address"));
    }
    return addresses;
  }

  private static List<String> wanted(String option) throws IOException {
    try (var lines = Files.lines(Path.of("src/main/jextract/symbols.txt"))) {
      return lines
          .filter(line -> line.startsWith(option + " "))
          .map(line -> line.substring(option.length() + 1))
          .toList();
    }
  }
}
