package io.github.rdkafka.bindings;

/** Loads librdkafka. */
public final class NativeLibrary {
  private static boolean loaded;

  private NativeLibrary() {}

  /** Loads the library once per class loader. */
  public static synchronized void load() {
    if (!loaded) {
      System.load(System.getProperty("rdkafka.library.path"));
      loaded = true;
    }
  }
}
