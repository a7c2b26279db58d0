package io.github.rdkafka.bindings;

import io.github.rdkafka.bindings.librdkafka.rdkafka_h;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * librdkafka's version number: {@code 0xMMmmrrxx} with major, minor, revision, and ff for a
 * release.
 */
final class LibraryVersion {

  private static final String FUNCTION = "rd_kafka_version";
  private static final int RELEASE = 0xff;

  private LibraryVersion() {}

  /** The version of the headers that the bindings were made from. */
  static int expected() {
    return rdkafka_h.RD_KAFKA_VERSION();
  }

  /** The address of the version function, by which two loaded libraries can be told apart. */
  static Optional<MemorySegment> function(SymbolLookup library) {
    return library.find(FUNCTION);
  }

  static int call(MemorySegment function) {
    try {
      return (int)
          Linker.nativeLinker()
              .downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT))
              .invokeExact();
    } catch (Throwable e) {
      throw new AssertionError("a downcall does not throw", e);
    }
  }

  /** As people write it: {@code 2.15.1}, or {@code 2.15.1-pre3} for what is not a release. */
  static String format(int version) {
    int preRelease = version & 0xff;
    return (version >>> 24)
        + "."
        + (version >>> 16 & 0xff)
        + "."
        + (version >>> 8 & 0xff)
        + (preRelease == RELEASE ? "" : "-pre" + preRelease);
  }
}
