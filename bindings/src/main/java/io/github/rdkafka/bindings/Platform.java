package io.github.rdkafka.bindings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** An operating system, a processor and a C library for which librdkafka is built. */
record Platform(Os os, Arch arch, boolean musl) {

  /** Names are those of os-maven-plugin. */
  enum Os {
    LINUX("linux", "librdkafka.so"),
    OSX("osx", "librdkafka.dylib"),
    WINDOWS("windows", "rdkafka.dll");

    private final String label;
    private final String libraryFileName;

    Os(String label, String libraryFileName) {
      this.label = label;
      this.libraryFileName = libraryFileName;
    }
  }

  /**
   * Names are those of os-maven-plugin; the numbers are what each executable format writes for the
   * processor.
   */
  enum Arch {
    X86_64("x86_64", 62, 0x8664, 0x01000007),
    AARCH_64("aarch_64", 183, 0xAA64, 0x0100000C);

    final String label;
    final int elfMachine;
    final int peMachine;
    final int machoCpu;

    Arch(String label, int elfMachine, int peMachine, int machoCpu) {
      this.label = label;
      this.elfMachine = elfMachine;
      this.peMachine = peMachine;
      this.machoCpu = machoCpu;
    }
  }

  /** The platform of this JVM. */
  static Platform current() {
    return of(
        System.getProperty("os.name", ""), System.getProperty("os.arch", ""), Musl::isRunning);
  }

  /**
   * The platform that a JVM describes.
   *
   * @param osName value of {@code os.name}
   * @param osArch value of {@code os.arch}
   * @param musl whether the JVM runs on musl; asked on Linux only
   * @throws NativeLibraryException if librdkafka is not built for it; never guesses
   */
  static Platform of(String osName, String osArch, BooleanSupplier musl) {
    Os os = os(normalize(osName));
    Arch arch = arch(normalize(osArch));
    if (os == null || arch == null) {
      throw new NativeLibraryException(
          "There is no build of librdkafka for this platform: os.name=%s, os.arch=%s. %s"
              .formatted(osName, osArch, LoaderSettings.ownLibraryHint()));
    }
    return new Platform(os, arch, os == Os.LINUX && musl.getAsBoolean());
  }

  /** Every platform that librdkafka is built for, or may be. */
  static List<Platform> all() {
    List<Platform> all = new ArrayList<>();
    for (Os os : Os.values()) {
      for (Arch arch : Arch.values()) {
        all.add(new Platform(os, arch, false));
        if (os == Os.LINUX) {
          all.add(new Platform(os, arch, true));
        }
      }
    }
    return all;
  }

  /** What the platform is called in names of artifacts and folders, like {@code linux-x86_64}. */
  String classifier() {
    return os.label + "-" + arch.label + (musl ? "-musl" : "");
  }

  /** The library's file name, like {@code librdkafka.so}. */
  String libraryFileName() {
    return os.libraryFileName;
  }

  private static Os os(String name) {
    if (name.startsWith("linux")) {
      return Os.LINUX;
    }
    if (name.startsWith("mac") || name.startsWith("osx")) {
      return Os.OSX;
    }
    return name.startsWith("windows") ? Os.WINDOWS : null;
  }

  private static Arch arch(String name) {
    return switch (name) {
      case "x8664", "amd64", "ia32e", "em64t", "x64" -> Arch.X86_64;
      case "aarch64", "arm64" -> Arch.AARCH_64;
      default -> null;
    };
  }

  private static String normalize(String value) {
    return value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
