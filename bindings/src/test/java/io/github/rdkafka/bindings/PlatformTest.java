package io.github.rdkafka.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

  @ParameterizedTest
  @CsvSource({
    "Linux,        amd64,   false, linux-x86_64,        librdkafka.so",
    "Linux,        x86_64,  true,  linux-x86_64-musl,   librdkafka.so",
    "Linux,        aarch64, false, linux-aarch_64,      librdkafka.so",
    "Linux,        aarch64, true,  linux-aarch_64-musl, librdkafka.so",
    "Mac OS X,     aarch64, false, osx-aarch_64,        librdkafka.dylib",
    "Mac OS X,     x86_64,  false, osx-x86_64,          librdkafka.dylib",
    "Windows 11,   amd64,   false, windows-x86_64,      rdkafka.dll",
    "Windows Server 2022, aarch64, false, windows-aarch_64, rdkafka.dll",
  })
  void namesPlatformsLikeOsMavenPlugin(
      String osName, String osArch, boolean musl, String classifier, String fileName) {
    Platform platform = Platform.of(osName, osArch, () -> musl);

    assertEquals(classifier, platform.classifier());
    assertEquals(fileName, platform.libraryFileName());
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, sparcv9",
    "Linux, x86",
    "Linux, arm",
    "Linux, ''",
    "SunOS, amd64",
    "FreeBSD, amd64",
    "'', amd64",
    "Darkos, amd64"
  })
  void anUnknownPlatformIsAnErrorThatNamesIt(String osName, String osArch) {
    NativeLibraryException e =
        assertThrows(NativeLibraryException.class, () -> Platform.of(osName, osArch, () -> false));

    assertTrue(
        e.getMessage().contains("os.name=" + osName + ", os.arch=" + osArch), e.getMessage());
    assertTrue(e.getMessage().contains("-Drdkafka.library.path="), e.getMessage());
  }

  @Test
  void muslIsAskedForOnLinuxOnly() {
    assertFalse(Platform.of("Mac OS X", "aarch64", () -> true).musl());
    assertFalse(Platform.of("Windows 11", "amd64", () -> true).musl());
  }

  @Test
  void aTurkishLocaleChangesNothing() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.of("tr"));
    try {
      assertEquals("linux-x86_64", Platform.of("LINUX", "AMD64", () -> false).classifier());
      assertEquals("windows-x86_64", Platform.of("WINDOWS", "IA32E", () -> false).classifier());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void allPlatformsHaveDifferentClassifiers() {
    List<String> classifiers = Platform.all().stream().map(Platform::classifier).toList();

    assertEquals(8, classifiers.size());
    assertEquals(classifiers.size(), new HashSet<>(classifiers).size());
    assertTrue(classifiers.contains(Platform.current().classifier()));
  }
}
