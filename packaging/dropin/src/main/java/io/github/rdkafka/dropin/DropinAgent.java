package io.github.rdkafka.dropin;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;

/**
 * What {@code -javaagent:rdkafka-dropin.jar} starts. Compiled for Java 11, the oldest that
 * kafka-clients runs on, so that a JVM that is too old says so instead of failing to read a class.
 */
public final class DropinAgent {

  private static final int NEEDED = 25;

  private DropinAgent() {}

  /**
   * Called by the JVM before the application starts. Ends the JVM, with status 1, where it is told
   * to rather than to let the application run on Kafka's clients.
   *
   * @param arguments what follows the {@code =} of {@code -javaagent}, or null
   * @throws Exception when the agent's JAR is damaged
   */
  public static void premain(String arguments, Instrumentation instrumentation) throws Exception {
    int running = Runtime.version().feature();
    if (running < NEEDED) {
      String problem =
          "Java " + NEEDED + " or newer is needed, and this JVM is Java " + running + ".";
      if (isRequired(arguments)) {
        exit(problem);
      }
      print(problem + " The application runs on Kafka's own clients.");
      return;
    }
    try {
      // by name: this class must load where the others cannot
      Class.forName("io.github.rdkafka.dropin.Dropin")
          .getMethod("start", String.class, Instrumentation.class)
          .invoke(null, arguments, instrumentation);
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IllegalStateException)) {
        throw e;
      }
      exit(e.getCause().getMessage());
    }
  }

  /** An exception here would make the JVM crash, with a core dump. */
  private static void exit(String problem) {
    print(problem);
    System.exit(1);
  }

  private static void print(String message) {
    System.err.println("rdkafka-dropin: " + message);
  }

  private static boolean isRequired(String arguments) {
    String given = "," + (arguments == null ? "" : arguments).replace(" ", "") + ",";
    return given.contains(",required=true,")
        || (Boolean.getBoolean("rdkafka.dropin.required") && !given.contains(",required=false,"));
  }
}
