package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs a JVM of its own. */
class ProcessTest {

  private static final long DEADLINE_SECONDS = 120;
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  @TempDir Path folder;

  private record Jvm(Process process, Path output) {
    int await() throws InterruptedException {
      assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "the JVM ended in time");
      return process.exitValue();
    }

    String text() throws IOException {
      return Files.readString(output);
    }
  }

  @Test
  void severalProcessesAtOnceShareATemporaryFolder() throws Exception {
    Path tmpdir = Files.createDirectory(folder.resolve("tmp"));
    List<Jvm> jvms = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      jvms.add(start(List.of(), NATIVE_ACCESS, "-Djava.io.tmpdir=" + tmpdir));
    }
    for (Jvm jvm : jvms) {
      assertEquals(0, jvm.await(), jvm.text());
      assertTrue(jvm.text().startsWith("loaded librdkafka " + BuiltLibrary.VERSION), jvm.text());
    }
    try (var files = Files.list(tmpdir)) {
      assertEquals(
          0,
          files
              .filter(file -> file.getFileName().toString().startsWith(PrivateCopy.PREFIX))
              .count());
    }
  }

  @Test
  void withoutNativeAccessTheMessageNamesTheOption() throws Exception {
    Jvm jvm = start(List.of(), "--illegal-native-access=deny");

    assertEquals(1, jvm.await(), jvm.text());
    assertTrue(jvm.text().startsWith("failed: "), jvm.text());
    assertTrue(jvm.text().contains(NATIVE_ACCESS), jvm.text());
  }

  @Test
  void aTemporaryFolderMountedNoexecIsPassedOver() throws Exception {
    Path tmpdir = Files.createDirectory(folder.resolve("tmp"));
    Path home = Files.createDirectory(folder.resolve("home"));

    Jvm jvm =
        start(
            mountedNoexec(tmpdir),
            NATIVE_ACCESS,
            "-Djava.io.tmpdir=" + tmpdir,
            "-Duser.home=" + home);

    assertEquals(0, jvm.await(), jvm.text());
    assertTrue(Files.isDirectory(home.resolve(".cache")), "the cache folder was used");
  }

  @Test
  void aChosenFolderMountedNoexecIsNamed() throws Exception {
    Path tmpdir = Files.createDirectory(folder.resolve("tmp"));

    Jvm jvm = start(mountedNoexec(tmpdir), NATIVE_ACCESS, "-Drdkafka.tmpdir=" + tmpdir);

    assertEquals(1, jvm.await(), jvm.text());
    assertTrue(jvm.text().contains(tmpdir + " is mounted noexec"), jvm.text());
    assertTrue(jvm.text().contains("-Drdkafka.tmpdir="), jvm.text());
  }

  /**
   * A command prefix that runs what follows where a folder is mounted noexec, in a mount namespace
   * of its own.
   */
  private static List<String> mountedNoexec(Path mountPoint) throws Exception {
    List<String> prefix =
        List.of(
            "unshare",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o noexec tmpfs '" + mountPoint + "' && exec \"$@\"",
            "sh");
    assumeTrue(succeeds(prefix, "true"), "this machine lets its users mount in a namespace");
    return prefix;
  }

  private static boolean succeeds(List<String> prefix, String program) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.add(program);
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Jvm start(List<String> prefix, String... options) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path") + File.pathSeparator + folder));
    command.add(ApplicationCode.class.getName());
    Path output = Files.createTempFile(folder, "jvm", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().remove("XDG_CACHE_HOME");
    return new Jvm(builder.start(), output);
  }
}
