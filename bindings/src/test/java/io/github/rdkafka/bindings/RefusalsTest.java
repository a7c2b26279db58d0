package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders that a system does not let the library be loaded from, mounted so in a namespace of the
 * JVM's own.
 */
class RefusalsTest {

  private static final String NOEXEC = "noexec";
  private static final String READ_ONLY = "ro";

  @TempDir Path folder;
  private Path tmp;
  private Path home;
  private Path work;

  @BeforeEach
  void makeFolders() throws Exception {
    tmp = Files.createDirectory(folder.resolve("tmp"));
    home = Files.createDirectory(folder.resolve("home"));
    work = Files.createDirectory(folder.resolve("work"));
    List<String> probe = new ArrayList<>(mounted(NOEXEC, tmp));
    probe.add("true");
    assumeTrue(succeeds(probe), "this machine lets its users mount in a namespace");
  }

  @Test
  void aTemporaryFolderMountedNoexecIsPassedOver() throws Exception {
    start(mounted(NOEXEC, tmp)).loaded();

    assertTrue(Files.isDirectory(home.resolve(".cache")), "the cache folder was used");
  }

  @Test
  void aTemporaryFolderMountedNoexecWithAReadOnlyHomeLeavesTheWorkingFolder() throws Exception {
    start(both(mounted(NOEXEC, tmp), mounted(READ_ONLY, home))).loaded();

    assertEmpty(home);
    assertEmpty(work);
  }

  @Test
  void everyFolderIsNamedWithItsReasonWhenNoneCanBeUsed() throws Exception {
    String text =
        start(both(mounted(NOEXEC, tmp), both(mounted(READ_ONLY, home), mounted(READ_ONLY, work))))
            .failed();

    assertTrue(text.contains(tmp + " is mounted noexec"), text);
    assertTrue(text.contains(home.resolve(".cache") + ": "), text);
    assertTrue(text.contains(work + ": "), text);
    assertTrue(text.contains("Read-only file system"), text);
    assertTrue(text.contains("-Drdkafka.tmpdir="), text);
  }

  @Test
  void aChosenFolderMountedNoexecIsNamed() throws Exception {
    String text = start(mounted(NOEXEC, tmp), "-Drdkafka.tmpdir=" + tmp).failed();

    assertTrue(text.contains(tmp + " is mounted noexec"), text);
    assertTrue(text.contains("-Drdkafka.tmpdir="), text);
  }

  @Test
  void aReadOnlyHomeAloneDoesNotMatter() throws Exception {
    start(mounted(READ_ONLY, home)).loaded();

    assertEmpty(tmp);
  }

  /** As a security module does it: nothing is seen in the folder, and the mapping is refused. */
  @Test
  void aFolderFromWhichTheSystemRefusesToMapCodeIsPassedOver() throws Exception {
    start(mounted(NOEXEC, tmp, refusingOnlyToMap())).loaded();

    assertTrue(Files.isDirectory(home.resolve(".cache")), "the cache folder was used");
  }

  @Test
  void aChosenFolderFromWhichTheSystemRefusesToMapCodeIsNamedWithTheSystemsReason()
      throws Exception {
    String text =
        start(mounted(NOEXEC, tmp, refusingOnlyToMap()), "-Drdkafka.tmpdir=" + tmp).failed();

    assertTrue(text.contains(tmp + ": "), text);
    assertTrue(text.contains("failed to map segment from shared object"), text);
    assertTrue(text.contains("-Drdkafka.tmpdir="), text);
  }

  @Test
  void aUsersOwnLibraryThatTheSystemRefusesToMapKeepsTheSystemsReason() throws Exception {
    Path library = BuiltLibrary.file(folder);
    String copy = "cp '%s' '%s' && ".formatted(library, tmp);

    String text =
        start(mounted(NOEXEC, tmp, copy), "-Drdkafka.library.path=" + tmp.resolve("librdkafka.so"))
            .failed();

    assertTrue(text.contains(tmp.resolve("librdkafka.so") + " cannot be loaded"), text);
    assertTrue(text.contains("failed to map segment from shared object"), text);
  }

  private String refusingOnlyToMap() throws IOException {
    return "export LD_PRELOAD='%s' && ".formatted(CCompiler.library("access_says_yes.c", folder));
  }

  private Jvm start(List<String> prefix, String... options) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(Jvm.NATIVE_ACCESS, "-Djava.io.tmpdir=" + tmp, "-Duser.home=" + home));
    all.addAll(List.of(options));
    return Jvm.startIn(work, folder, prefix, all.toArray(String[]::new));
  }

  private static List<String> mounted(String option, Path mountPoint) {
    return mounted(option, mountPoint, "");
  }

  /**
   * A command prefix that runs what follows where a folder is mounted so, in a mount namespace of
   * its own.
   *
   * @param more shell commands before that, each ending in {@code &&}
   */
  private static List<String> mounted(String option, Path mountPoint, String more) {
    return List.of(
        "unshare",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        "mount -t tmpfs -o %s tmpfs '%s' && %s exec \"$@\"".formatted(option, mountPoint, more),
        "sh");
  }

  private static List<String> both(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static boolean succeeds(List<String> command) throws Exception {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void assertEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }
}
