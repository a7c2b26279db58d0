package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A C compiler, against the headers of the librdkafka that the build made. */
final class CCompiler {

  private static final Path SOURCES = Path.of("src/test/c");
  private static final long DEADLINE_SECONDS = 60;

  private CCompiler() {}

  /** Compiles a program of src/test/c, runs it and returns what it prints. */
  static List<String> run(String source, Path folder) throws IOException {
    Path program = folder.resolve(source.replace(".c", ""));
    compile(source, program);
    return execute(folder, program.toString());
  }

  /** Compiles a library of src/test/c, which needs the given other ones. */
  static Path library(String source, Path folder, String... others) throws IOException {
    Path library = folder.resolve("lib" + source.replace(".c", ".so"));
    List<String> options = new ArrayList<>(List.of("-shared", "-fPIC", "-Wl,--no-as-needed"));
    options.addAll(List.of(others));
    compile(source, library, options.toArray(String[]::new));
    return library;
  }

  private static void compile(String source, Path output, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(compiler());
    command.addAll(Arrays.asList(options));
    command.addAll(List.of("-I", includes().toString(), "-I", output.getParent().toString()));
    command.addAll(List.of("-o", output.toString(), SOURCES.resolve(source).toString()));
    execute(output.getParent(), command.toArray(String[]::new));
  }

  /** The machine's, or else the one that the native build brought with it. */
  private static String compiler() throws IOException {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, "cc"))) {
        return "cc";
      }
    }
    try (Stream<Path> files = Files.walk(nativeCache(), 3)) {
      return files
          .filter(file -> file.getFileName().toString().matches(processor() + "-.*-linux-gnu-gcc"))
          .findFirst()
          .map(Path::toString)
          .orElseThrow(
              () -> new AssertionError("no C compiler on the PATH or in the native build's cache"));
    }
  }

  /** As compilers are named; the cache has those for other platforms, too. */
  private static String processor() {
    return Platform.current().arch() == Platform.Arch.X86_64 ? "x86_64" : "aarch64";
  }

  /** As native/build.sh decides. */
  private static Path nativeCache() {
    Map<String, String> environment = System.getenv();
    String user =
        environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    return Path.of(environment.getOrDefault("RDKAFKA_NATIVE_CACHE", user + "/rdkafka-java/native"));
  }

  private static Path includes() {
    Path includes =
        Path.of(System.getProperty("rdkafka.test.native"))
            .resolve(Platform.current().classifier())
            .resolve("include");
    assertTrue(Files.isDirectory(includes), "headers of the native build in " + includes);
    return includes;
  }

  private static List<String> execute(Path folder, String... command) throws IOException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "in time: " + command[0]);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
    return lines;
  }
}
