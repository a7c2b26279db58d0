package io.github.rdkafka.conformance;

/** How many clients the agent has put on librdkafka in this JVM; 0 without the agent. */
final class Replaced {

  private Replaced() {}

  static long producers() {
    return count("producers");
  }

  static long consumers() {
    return count("consumers");
  }

  private static long count(String method) {
    try {
      return (long)
          ClassLoader.getSystemClassLoader()
              .loadClass("io.github.rdkafka.dropin.Constructions")
              .getMethod(method)
              .invoke(null);
    } catch (ReflectiveOperationException e) {
      return 0;
    }
  }
}
