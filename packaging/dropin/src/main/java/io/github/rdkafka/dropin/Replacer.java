package io.github.rdkafka.dropin;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;

/** Replaces Kafka's clients when a class loader defines them. */
final class Replacer implements ClassFileTransformer {

  private final Settings settings;
  private final Compatibility compatibility;

  Replacer(Settings settings, Compatibility compatibility) {
    this.settings = settings;
    this.compatibility = compatibility;
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    KafkaClass kafkaClass = className == null ? null : KafkaClass.of(className);
    if (kafkaClass == null || redefined != null || !settings.replaces(kafkaClass)) {
      return null;
    }
    ClassModel original = null;
    try {
      original = ClassFile.of().parse(classFile);
      return replace(kafkaClass, original, loader, module);
    } catch (UnusableException e) {
      return unusable(kafkaClass, original, e.getMessage());
    } catch (Throwable e) {
      // the JVM would ignore it without a word
      return unusable(
          kafkaClass, original, "cannot replace " + kafkaClass.simpleName() + ": " + e + ".");
    }
  }

  private byte[] replace(
      KafkaClass kafkaClass, ClassModel original, ClassLoader loader, Module module)
      throws UnusableException {
    MemberPlan plan = compatibility.plan(kafkaClass, original);
    String problem = compatibility.problem(kafkaClass, plan, loader);
    if (problem != null && settings.fallback() && !settings.required()) {
      return stays(kafkaClass, problem);
    }
    if (problem != null) {
      return refused(original, problem + Compatibility.HINT);
    }
    // now, while there is a choice
    Dropin.module(loader, module);
    return BodyWriter.replaced(kafkaClass, original, plan);
  }

  private byte[] unusable(KafkaClass kafkaClass, ClassModel original, String problem) {
    return settings.required() && original != null
        ? refused(original, problem)
        : stays(kafkaClass, problem);
  }

  private static byte[] refused(ClassModel original, String problem) {
    Messages.print(problem);
    return BodyWriter.refused(original, "rdkafka-dropin: " + problem);
  }

  private static byte[] stays(KafkaClass kafkaClass, String problem) {
    Messages.print(problem + " " + kafkaClass.simpleName() + " stays Kafka's own.");
    return null;
  }
}
