package io.github.rdkafka.dropin.app;

/** What the agent says that it did, if there is one. */
final class Counts {

  private Counts() {}

  static void print() throws ReflectiveOperationException {
    try {
      Class<?> counts =
          ClassLoader.getSystemClassLoader().loadClass("io.github.rdkafka.dropin.Constructions");
      System.out.printf(
          "counted producers=%s consumers=%s originals=%s%n",
          counts.getMethod("producers").invoke(null),
          counts.getMethod("consumers").invoke(null),
          counts.getMethod("originals").invoke(null));
    } catch (ClassNotFoundException e) {
      System.out.println("no agent");
    }
  }
}
