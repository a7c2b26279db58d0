package io.github.rdkafka.bindings;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rdkafka.bindings.librdkafka.rd_kafka_conf_set_rebalance_cb$rebalance_cb;
import io.github.rdkafka.bindings.librdkafka.rdkafka_h;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * GraalVM's native-image has to know the shape of each call before it runs. The file that tells it
 * is checked in; with {@code -Dsurefire.extraArgLine=-Drdkafka.test.update=true} this writes it.
 */
class NativeImageMetadataTest {

  private static final Path FILE =
      Path.of(
          "src/main/resources/META-INF/native-image/io.github.rdkafka/rdkafka-bindings/reachability-metadata.json");

  @Test
  void everyFunctionIsCoveredByTheMetadata() throws Exception {
    NativeLibrary.load();
    SortedSet<String> downcalls = new TreeSet<>();
    for (Method method : rdkafka_h.class.getMethods()) {
      if (method.getName().endsWith("$descriptor")) {
        downcalls.add(call((FunctionDescriptor) method.invoke(null), ""));
      }
    }
    assertTrue(downcalls.size() > 20, "shapes of functions: " + downcalls.size());
    for (FunctionDescriptor critical : CriticalCalls.descriptors()) {
      downcalls.add(call(critical, ", \"options\": {\"critical\": {\"allowHeapAccess\": false}}"));
    }
    SortedSet<String> upcalls = new TreeSet<>();
    upcalls.add(call(rd_kafka_conf_set_rebalance_cb$rebalance_cb.descriptor(), ""));
    String expected = metadata(downcalls, upcalls);

    if (Boolean.getBoolean("rdkafka.test.update")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, expected);
    }
    assertEquals(expected, Files.readString(FILE));
  }

  private static String metadata(SortedSet<String> downcalls, SortedSet<String> upcalls) {
    List<String> resources = new ArrayList<>();
    for (Platform platform : Platform.all()) {
      String folder = "META-INF/native/" + platform.classifier() + "/";
      resources.add("{\"glob\": \"" + folder + platform.libraryFileName() + "\"}");
      resources.add("{\"glob\": \"" + folder + "librdkafka.properties\"}");
    }
    return """
        {
          "foreign": {
            "downcalls": [
        %s
            ],
            "upcalls": [
        %s
            ]
          },
          "resources": [
        %s
          ]
        }
        """
        .formatted(lines(downcalls, 6), lines(upcalls, 6), lines(resources, 4));
  }

  private static String lines(Iterable<String> entries, int indent) {
    List<String> lines = new ArrayList<>();
    entries.forEach(entry -> lines.add(" ".repeat(indent) + entry));
    return String.join(",\n", lines);
  }

  private static String call(FunctionDescriptor descriptor, String options) {
    return "{\"returnType\": \"%s\", \"parameterTypes\": [%s]%s}"
        .formatted(
            descriptor.returnLayout().map(NativeImageMetadataTest::type).orElse("void"),
            descriptor.argumentLayouts().stream()
                .map(layout -> "\"" + type(layout) + "\"")
                .collect(joining(", ")),
            options);
  }

  private static String type(MemoryLayout layout) {
    if (layout instanceof AddressLayout) {
      return "void*";
    }
    if (layout instanceof ValueLayout value) {
      return "j" + value.carrier().getName();
    }
    throw new AssertionError("a structure that is passed by value: " + layout);
  }
}
