package io.github.rdkafka.bindings;

import io.github.rdkafka.bindings.librdkafka.rdkafka_h;

/** What runs in a class loader or process beside the bindings. */
public final class ApplicationCode {

  private ApplicationCode() {}

  public static void load(String library) {
    System.load(library);
  }

  public static long versionFunction() {
    return rdkafka_h.rd_kafka_version$address().address();
  }

  /** Prints what {@link NativeLibrary#load()} does, and exits with 0 if it succeeds. */
  public static void main(String[] args) {
    try {
      NativeLibrary library = NativeLibrary.load();
      System.out.println(
          "loaded "
              + library
              + ", which calls itself "
              + Integer.toHexString(rdkafka_h.rd_kafka_version()));
    } catch (NativeLibraryException e) {
      System.out.println("failed: " + e.getMessage());
      System.exit(1);
    }
  }
}
