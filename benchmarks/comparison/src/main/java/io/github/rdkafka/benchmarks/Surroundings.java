package io.github.rdkafka.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What the comparison runs on, and with. */
final class Surroundings {
  private static final String NATIVE = "/META-INF/native/linux-x86_64/librdkafka.properties";

  private Surroundings() {}

  static Map<String, String> machine() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("processor", valueIn("/proc/cpuinfo", "model name\\s*:\\s*"));
    machine.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    machine.put("memory", Math.round(system.getTotalMemorySize() / 1e9) + " GB");
    machine.put("system", valueIn("/etc/os-release", "PRETTY_NAME=").replace("\"", ""));
    machine.put("kernel", System.getProperty("os.version"));
    return machine;
  }

  static Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("JDK", System.getProperty("java.runtime.version"));
    Properties library = properties(NATIVE);
    versions.put("librdkafka", library.getProperty("version"));
    versions.put(Results.LIBRARY, library.getProperty("sha256"));
    Properties ours = properties("/versions.properties");
    new TreeMap<>(ours).forEach((name, version) -> versions.put((String) name, (String) version));
    versions.put(Results.COMMIT, commit());
    return versions;
  }

  private static String commit() {
    try {
      Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
      try (BufferedReader reader = git.inputReader()) {
        String line = reader.readLine();
        return line == null ? "unknown" : line;
      }
    } catch (IOException e) {
      return "unknown";
    }
  }

  /**
   * @param jvmFlags more of them, for this comparison
   */
  static Map<String, String> parameters(Phases phases, List<String> jvmFlags) {
    Map<String, String> parameters = new LinkedHashMap<>();
    List<String> allFlags = new ArrayList<>(CellProcess.JVM_FLAGS);
    allFlags.addAll(jvmFlags);
    parameters.put("JVM flags", String.join(" ", allFlags));
    parameters.put("broker", Broker.SETTINGS);
    parameters.put("warm-up", phases.warmUpMillis() + " ms of sending");
    parameters.put(
        "measured", phases.measuredMillis() + " ms of sending, and the acknowledgements");
    parameters.put(
        "consuming",
        String.format(
            Locale.ROOT,
            "%,d records, fewer where they are larger; read %d times as warm-up, %d times measured",
            phases.recordsToConsume(),
            phases.warmUpPasses(),
            phases.measuredPasses()));
    parameters.put(
        "same settings",
        String.format(
            "linger.ms=%d, batch.size=%d, buffer.memory=%d MiB or two batches for each partition;"
                + " check.crcs=true, fetch.max.bytes=%d, receive.buffer.bytes=-1;"
                + " 6 partitions and acks=1 unless said otherwise",
            ClientConfig.LINGER_MS,
            ClientConfig.BATCH_SIZE,
            ClientConfig.BUFFER_MEMORY >> 20,
            ClientConfig.FETCH_MAX_BYTES));
    parameters.put("as shipped", "each client's own defaults");
    return parameters;
  }

  private static String valueIn(String file, String prefix) {
    try {
      for (String line : Files.readAllLines(Path.of(file))) {
        String value = line.replaceFirst("^" + prefix, "");
        if (!value.equals(line)) {
          return value;
        }
      }
      return "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static Properties properties(String resource) {
    Properties properties = new Properties();
    try (InputStream in = Surroundings.class.getResourceAsStream(resource)) {
      if (in != null) {
        properties.load(in);
      }
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
