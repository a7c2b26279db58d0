package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that loads the library of the class path and says what came of it. */
final class Jvm {

  static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  private static final long DEADLINE_SECONDS = 240;

  private final Process process;
  private final Path output;

  private Jvm(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts one.
   *
   * @param folder where its output is kept
   * @param prefix a command that runs what follows it
   * @param options of the JVM
   */
  static Jvm start(Path folder, List<String> prefix, String... options) throws IOException {
    return startIn(Path.of("").toAbsolutePath(), folder, prefix, options);
  }

  /** Starts one in a working folder. */
  static Jvm startIn(Path workingFolder, Path folder, List<String> prefix, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path") + File.pathSeparator + folder));
    command.add(ApplicationCode.class.getName());
    Path output = Files.createTempFile(folder, "jvm", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingFolder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().remove("XDG_CACHE_HOME");
    return new Jvm(builder.start(), output);
  }

  /** What it printed, after it has loaded the library of the wanted version. */
  String loaded() throws Exception {
    assertEquals(0, exitValue(), text());
    assertTrue(text().startsWith("loaded librdkafka " + BuiltLibrary.VERSION), text());
    return text();
  }

  /** What it printed, after it has failed to load the library in an orderly way. */
  String failed() throws Exception {
    assertEquals(1, exitValue(), text());
    assertTrue(text().startsWith("failed: "), text());
    return text();
  }

  private int exitValue() throws InterruptedException {
    try {
      assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "the JVM ended in time");
    } finally {
      process.destroyForcibly();
    }
    return process.exitValue();
  }

  private String text() throws IOException {
    return Files.readString(output);
  }
}
