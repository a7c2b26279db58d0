package io.github.rdkafka.dropin;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of each member of a Kafka client's class as the application has it. What the
 * replacement must have for it is looked up in the replacement's own class file, so that no list of
 * members has to be kept for each version of kafka-clients.
 */
final class MemberPlan {

  /** What becomes of a method or constructor. */
  enum Fate {
    /** It only calls other public methods, which a subclass may have overridden. */
    KEEP,
    /** The replacement's method of the same name and type is called. */
    DELEGATE,
    /** The replacement's constructor of the same type is called. */
    CONSTRUCT,
    /** Package-private, for Kafka's own unit tests: there is nothing behind it. */
    UNSUPPORTED,
    /** Nobody outside can call it. */
    DROP
  }

  private final Map<String, Fate> fates = new HashMap<>();
  private final List<String> unknown = new ArrayList<>();

  private MemberPlan() {}

  /**
   * Plans.
   *
   * @param original of kafka-clients
   * @param replacement of the bundled client
   */
  static MemberPlan of(KafkaClass kafkaClass, ClassModel original, ClassModel replacement) {
    MemberPlan plan = new MemberPlan();
    plan.checkHierarchy(kafkaClass, original);
    for (FieldModel field : original.fields()) {
      plan.checkField(field);
    }
    Set<String> known = publicMethods(replacement);
    for (MethodModel method : original.methods()) {
      Fate fate = plan.fate(original, method, known);
      if (fate == null) {
        plan.unknown.add(signature(method));
      } else {
        plan.fates.put(signature(method), fate);
      }
    }
    return plan;
  }

  /** The public and protected members that the replacement does not have; empty if all is well. */
  List<String> unknown() {
    return List.copyOf(unknown);
  }

  Fate fate(MethodModel method) {
    return fates.get(signature(method));
  }

  /** Whether a field is a constant that others may read. */
  static boolean isConstant(FieldModel field) {
    return field.flags().has(AccessFlag.STATIC)
        && !field.flags().has(AccessFlag.PRIVATE)
        && field.findAttribute(Attributes.constantValue()).isPresent();
  }

  private Fate fate(ClassModel original, MethodModel method, Set<String> known) {
    String name = method.methodName().stringValue();
    if (name.equals("<clinit>") || method.flags().has(AccessFlag.PRIVATE)) {
      return Fate.DROP;
    }
    if (name.equals("<init>")) {
      return known.contains(signature(method)) ? Fate.CONSTRUCT : unlessVisible(method);
    }
    if (method.flags().has(AccessFlag.STATIC)) {
      return unlessVisible(method);
    }
    if (isVisible(method) && Forwarder.isForwarder(original, method)) {
      return Fate.KEEP;
    }
    return isVisible(method) && known.contains(signature(method))
        ? Fate.DELEGATE
        : unlessVisible(method);
  }

  private static Fate unlessVisible(MethodModel method) {
    return isVisible(method) ? null : Fate.UNSUPPORTED;
  }

  private void checkHierarchy(KafkaClass kafkaClass, ClassModel original) {
    String parent = original.superclass().map(each -> each.asInternalName()).orElse("");
    if (!parent.equals("java/lang/Object")) {
      unknown.add("extends " + parent);
    }
    List<String> interfaces =
        original.interfaces().stream().map(each -> each.asSymbol().descriptorString()).toList();
    if (!interfaces.equals(List.of(kafkaClass.interfaceDesc().descriptorString()))) {
      unknown.add("implements " + interfaces);
    }
  }

  private void checkField(FieldModel field) {
    boolean visible =
        field.flags().has(AccessFlag.PUBLIC) || field.flags().has(AccessFlag.PROTECTED);
    if (visible && !isConstant(field)) {
      unknown.add(field.fieldName().stringValue());
    }
  }

  private static boolean isVisible(MethodModel method) {
    return method.flags().has(AccessFlag.PUBLIC) || method.flags().has(AccessFlag.PROTECTED);
  }

  private static Set<String> publicMethods(ClassModel model) {
    Set<String> names = new HashSet<>();
    for (MethodModel method : model.methods()) {
      if ((method.flags().flagsMask() & (ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC))
          == ClassFile.ACC_PUBLIC) {
        names.add(signature(method));
      }
    }
    return names;
  }

  private static String signature(MethodModel method) {
    return method.methodName().stringValue() + method.methodType().stringValue();
  }
}
