package io.github.rdkafka.bindings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The folders in which the library may be extracted, tried one after the other. */
final class ExtractionFolders {

  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int STICKY = 01000;

  private ExtractionFolders() {}

  static List<Path> ofSystem() {
    return of(
        System.getProperty("os.name", ""),
        System.getProperty("java.io.tmpdir", ""),
        System.getProperty("user.home", ""),
        System.getProperty("user.dir", ""),
        System.getenv());
  }

  /**
   * The temporary folder, the user's cache folder, the working folder: those that the JVM knows, in
   * this order.
   */
  static List<Path> of(
      String osName,
      String tmpdir,
      String home,
      String workingDir,
      Map<String, String> environment) {
    List<Path> folders = new ArrayList<>();
    add(folders, tmpdir);
    add(folders, cacheFolder(osName.toLowerCase(Locale.ROOT), home, environment));
    add(folders, workingDir);
    return List.copyOf(folders);
  }

  /**
   * Puts last the folders in which other users may rename what is not theirs, that is, could
   * exchange our folder between extracting and loading.
   */
  static List<Path> safestFirst(List<Path> folders) {
    return folders.stream()
        .sorted(Comparator.comparing(ExtractionFolders::othersMayRename))
        .toList();
  }

  private static boolean othersMayRename(Path folder) {
    try {
      int mode = (int) Files.getAttribute(folder, "unix:mode");
      return (mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private static String cacheFolder(String osName, String home, Map<String, String> environment) {
    if (osName.startsWith("windows")) {
      return environment.getOrDefault("LOCALAPPDATA", "");
    }
    // "?" is what the JVM says for a user without a home
    boolean homeless = home.isBlank() || home.equals("?");
    if (osName.startsWith("mac")) {
      return homeless ? "" : home + "/Library/Caches";
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (xdg.startsWith("/")) {
      return xdg;
    }
    return homeless ? "" : home + "/.cache";
  }

  private static void add(List<Path> folders, String folder) {
    if (folder.isBlank()) {
      return;
    }
    try {
      Path path = Path.of(folder).toAbsolutePath().normalize();
      if (!folders.contains(path)) {
        folders.add(path);
      }
    } catch (InvalidPathException e) {
      // a property or variable that is no path names no folder
    }
  }
}
