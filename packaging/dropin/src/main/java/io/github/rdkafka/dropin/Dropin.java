package io.github.rdkafka.dropin;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.instrument.Instrumentation;

/** The running agent. */
public final class Dropin {

  private static Instrumentation instrumentation;
  private static Settings settings;
  private static Bundle bundle;

  private Dropin() {}

  /**
   * Starts the agent, once in a JVM.
   *
   * @param arguments what follows the {@code =} of {@code -javaagent}, or null
   * @throws IllegalStateException to keep the application from starting
   */
  public static synchronized void start(String arguments, Instrumentation ofJvm) {
    try {
      if (settings != null) {
        fail("the agent is given more than once; the first one counts", arguments, "");
        return;
      }
      Settings wanted = Settings.parse(arguments, System.getProperties());
      Bundle content = Bundle.open();
      Compatibility compatibility = new Compatibility(content);
      if (isUsable(wanted, content, compatibility, ofJvm, arguments)) {
        settings = wanted;
        bundle = content;
        instrumentation = ofJvm;
        ofJvm.addTransformer(new Replacer(wanted, compatibility));
      }
    } catch (IllegalArgumentException | IOException e) {
      fail(e.getMessage() + ".", arguments, Messages.ORIGINALS);
    }
  }

  static Settings settings() {
    return settings;
  }

  static ClientModule module(ClassLoader kafkaLoader, Module kafka) throws UnusableException {
    return ClientModule.of(bundle, instrumentation, kafkaLoader, kafka);
  }

  /** What can be seen at start; the rest is seen when the classes are loaded. */
  private static boolean isUsable(
      Settings wanted,
      Bundle content,
      Compatibility compatibility,
      Instrumentation ofJvm,
      String arguments)
      throws IOException {
    if (!wanted.producer() && !wanted.consumer()) {
      fail("both producer and consumer are switched off.", arguments, Messages.ORIGINALS);
      return false;
    }
    if (isLoadedAlready(wanted, ofJvm)) {
      fail(
          "Kafka's clients are loaded already: another agent before this one uses them. Give this one first.",
          arguments,
          Messages.ORIGINALS);
      return false;
    }
    if (ClassPath.isWithoutKafka()) {
      fail(
          "there is no kafka-clients on the class path. If another class loader loads it later, it is replaced then.",
          arguments,
          "");
    }
    for (KafkaClass kafkaClass : KafkaClass.values()) {
      if (wanted.replaces(kafkaClass)) {
        checkMembers(kafkaClass, wanted, compatibility);
      }
    }
    if (wanted.required()) {
      try {
        ClientModule.probe(content, ofJvm);
      } catch (UnusableException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }
    return true;
  }

  /** A version that is not known is better refused now than in the middle of the work. */
  private static void checkMembers(
      KafkaClass kafkaClass, Settings wanted, Compatibility compatibility) throws IOException {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    try (InputStream in = system.getResourceAsStream(kafkaClass.resource())) {
      if (in == null || (wanted.fallback() && !wanted.required())) {
        return;
      }
      MemberPlan plan = compatibility.plan(kafkaClass, ClassFile.of().parse(in.readAllBytes()));
      String problem = compatibility.problem(kafkaClass, plan, system);
      if (problem != null) {
        throw new IllegalStateException(problem + Compatibility.HINT);
      }
    }
  }

  private static boolean isLoadedAlready(Settings wanted, Instrumentation ofJvm) {
    for (Class<?> loaded : ofJvm.getAllLoadedClasses()) {
      KafkaClass kafkaClass = KafkaClass.of(loaded);
      if (kafkaClass != null && wanted.replaces(kafkaClass)) {
        return true;
      }
    }
    return false;
  }

  private static void fail(String problem, String arguments, String consequence) {
    if (Settings.isRequired(arguments, System.getProperties())) {
      throw new IllegalStateException(problem);
    }
    Messages.print(problem + consequence);
  }
}
