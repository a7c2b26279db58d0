package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that must not be loaded, and what the user is told. */
class BadLibraryTest {

  private static final String EXPECTED = "librdkafka " + BuiltLibrary.VERSION;

  @TempDir Path folder;

  @Test
  void noLibraryForThePlatform() throws Exception {
    try (IsolatedBindings bindings = new IsolatedBindings()) {
      assertFails(
          bindings,
          "os.name=" + System.getProperty("os.name"),
          "os.arch=" + System.getProperty("os.arch"),
          "classifier " + BuiltLibrary.PLATFORM.classifier(),
          "META-INF/native/" + BuiltLibrary.PLATFORM.classifier() + "/",
          "io.github.rdkafka:rdkafka-native-" + BuiltLibrary.PLATFORM.classifier(),
          "-Drdkafka.library.path=");
    }
  }

  @Test
  void anUnknownPlatform() throws Exception {
    try (IsolatedBindings bindings =
        new IsolatedBindings(BuiltLibrary.classPath(folder)).with("os.arch", "sparcv9")) {
      assertFails(bindings, "os.arch=sparcv9", "-Drdkafka.library.path=");
    }
  }

  @Test
  void anUnknownPlatformWithAUsersOwnLibraryLoads() throws Exception {
    try (IsolatedBindings bindings =
        new IsolatedBindings()
            .with("os.arch", "sparcv9")
            .with("rdkafka.library.path", BuiltLibrary.file(folder))) {
      assertTrue(bindings.load().toString().startsWith(EXPECTED));
    }
  }

  @Test
  void aLibraryOfAnotherVersion() throws Exception {
    Path other = CCompiler.library("other_version.c", folder);
    try (IsolatedBindings bindings = own(other)) {
      assertFails(bindings, other.toString(), "librdkafka 1.9.2 (0x010902ff)", EXPECTED + " (0x");
    }
  }

  @Test
  void anotherVersionInThePlatformsJar() throws Exception {
    byte[] library = BuiltLibrary.bytes();
    Path classPath = BuiltLibrary.classPath(folder, library, "1.9.2", BuiltLibrary.crc32(library));
    try (IsolatedBindings bindings = new IsolatedBindings(classPath)) {
      assertFails(bindings, "1.9.2", BuiltLibrary.VERSION, "rdkafka-native-");
    }
  }

  @Test
  void aPlatformsJarWhoseDescriptionLies() throws Exception {
    byte[] library = Files.readAllBytes(CCompiler.library("other_version.c", folder));
    Path classPath =
        BuiltLibrary.classPath(folder, library, BuiltLibrary.VERSION, BuiltLibrary.crc32(library));
    try (IsolatedBindings bindings = new IsolatedBindings(classPath)) {
      assertFails(bindings, "librdkafka 1.9.2 (0x010902ff)", EXPECTED + " (0x");
    }
  }

  @Test
  void aLibraryThatIsNotLibrdkafka() throws Exception {
    Path other = CCompiler.library("not_librdkafka.c", folder);
    try (IsolatedBindings bindings = own(other)) {
      assertFails(bindings, other.toString(), "not librdkafka");
    }
  }

  @Test
  void aFileThatIsNoLibrary() throws Exception {
    Path text = Files.writeString(folder.resolve("rdkafka.txt"), "kafka ".repeat(100));
    try (IsolatedBindings bindings = own(text)) {
      assertFails(bindings, text.toString(), "is not a 64-bit little-endian ELF file");
    }
  }

  @Test
  void aTruncatedLibrary() throws Exception {
    byte[] library = BuiltLibrary.bytes();
    Path half = Files.write(folder.resolve("half.so"), Arrays.copyOf(library, library.length / 2));
    try (IsolatedBindings bindings = own(half)) {
      assertFails(bindings, half.toString(), "truncated", (library.length / 2) + " bytes");
    }
  }

  @Test
  void aTruncatedLibraryInThePlatformsJar() throws Exception {
    byte[] library = BuiltLibrary.bytes();
    byte[] half = Arrays.copyOf(library, library.length / 2);
    Path classPath =
        BuiltLibrary.classPath(folder, half, BuiltLibrary.VERSION, BuiltLibrary.crc32(library));
    try (IsolatedBindings bindings = new IsolatedBindings(classPath)) {
      assertFails(bindings, "damaged", half.length + " bytes", BuiltLibrary.crc32(library));
    }
  }

  @Test
  void aLibraryForAnotherProcessor() throws Exception {
    Platform.Arch running = BuiltLibrary.PLATFORM.arch();
    Platform.Arch other =
        running == Platform.Arch.X86_64 ? Platform.Arch.AARCH_64 : Platform.Arch.X86_64;
    byte[] library = BuiltLibrary.bytes();
    library[18] = (byte) other.elfMachine;
    Path foreign = Files.write(folder.resolve("foreign.so"), library);
    try (IsolatedBindings bindings = own(foreign)) {
      assertFails(bindings, "is built for " + other.label, "this JVM is " + running.label);
    }
  }

  @Test
  void aMissingFileAndAFolder() throws Exception {
    try (IsolatedBindings bindings = own(folder.resolve("missing.so"))) {
      assertFails(bindings, "-Drdkafka.library.path", "missing.so does not exist");
    }
    try (IsolatedBindings bindings = own(folder)) {
      assertFails(bindings, "-Drdkafka.library.path", folder + " is not a file");
    }
  }

  @Test
  void aLibraryWhoseDependencyIsMissingKeepsTheSystemsReason() throws Exception {
    Path other = CCompiler.library("not_librdkafka.c", folder);
    Path dependent = CCompiler.library("same_version.c", folder, other.toString());
    Files.delete(other);
    try (IsolatedBindings bindings = own(dependent)) {
      IsolatedBindings.Failure failure =
          assertFails(bindings, dependent.toString(), "libnot_librdkafka.so");
      assertInstanceOf(UnsatisfiedLinkError.class, failure.getCause().getCause());
    }
  }

  @Test
  void anotherLibrdkafkaThatTheClassLoaderHadBefore() throws Exception {
    Path earlier = CCompiler.library("same_version.c", folder);
    try (IsolatedBindings bindings = own(BuiltLibrary.file(folder))) {
      bindings.loadAsApplication(earlier);
      assertFails(bindings, "has already loaded another library with librdkafka's functions");
    }
  }

  @Test
  void theSameLibraryThatTheClassLoaderHadBeforeLoads() throws Exception {
    Path library = BuiltLibrary.file(folder);
    try (IsolatedBindings bindings = own(library)) {
      bindings.loadAsApplication(library);
      assertTrue(bindings.load().toString().startsWith(EXPECTED));
    }
  }

  private static IsolatedBindings own(Path library) throws IOException {
    return new IsolatedBindings().with("rdkafka.library.path", library);
  }

  private static IsolatedBindings.Failure assertFails(IsolatedBindings bindings, String... texts) {
    IsolatedBindings.Failure failure = assertThrows(IsolatedBindings.Failure.class, bindings::load);
    assertTrue(
        failure.getCause().getClass().getName().endsWith(".NativeLibraryException"),
        failure.getCause().toString());
    for (String text : texts) {
      assertTrue(failure.getMessage().contains(text), text + " in: " + failure.getMessage());
    }
    return failure;
  }
}
