package io.github.rdkafka.dropin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks for what the bundled client needs of kafka-clients and a version of it does not have: the
 * client is compiled against one version, and it uses more than interfaces. Found while the
 * application runs it would be a NoSuchMethodError in some corner.
 */
final class LinkCheck {

  private static final String KAFKA = "org/apache/kafka/";
  private static final String OURS = "io/github/rdkafka/";
  private static final String BINDINGS = "io/github/rdkafka/bindings/";

  private final Bundle bundle;
  private final ClassLoader kafka;
  private final Map<String, ClassModel> kafkaClasses = new HashMap<>();
  private final Deque<String> toVisit = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> missing = new TreeSet<>();

  private LinkCheck(Bundle bundle, ClassLoader kafka) {
    this.bundle = bundle;
    this.kafka = kafka;
  }

  /**
   * What is missing for a class of the bundle and all that it reaches.
   *
   * @param kafka who has kafka-clients; null for the boot class loader
   * @return classes and members, readable; empty if nothing is missing
   */
  static List<String> missing(Bundle bundle, ClassLoader kafka, String className) {
    LinkCheck check = new LinkCheck(bundle, kafka);
    check.visit(className.replace('.', '/'));
    while (!check.toVisit.isEmpty()) {
      check.checkClass(check.toVisit.remove());
    }
    return List.copyOf(check.missing);
  }

  private void checkClass(String name) {
    byte[] classFile = bundle.classFile(name.replace('/', '.'));
    if (classFile == null) {
      return;
    }
    ClassModel model = ClassFile.of().parse(classFile);
    model.superclass().ifPresent(this::require);
    model.interfaces().forEach(this::require);
    for (MethodModel method : model.methods()) {
      if (isCallable(method)) {
        method.code().ifPresent(code -> code.forEach(this::checkCode));
      }
    }
  }

  /** Nobody has an argument of a class that does not exist. */
  private boolean isCallable(MethodModel method) {
    return method.methodTypeSymbol().parameterList().stream().allMatch(this::exists);
  }

  private void checkCode(CodeElement element) {
    if (element instanceof InvokeInstruction call) {
      requireMember(call.method(), false);
    } else if (element instanceof FieldInstruction field) {
      requireMember(field.field(), true);
    } else if (element instanceof NewObjectInstruction made) {
      require(made.className());
    } else if (element instanceof InvokeDynamicInstruction dynamic) {
      for (ConstantDesc argument : dynamic.bootstrapArgs()) {
        if (argument instanceof DirectMethodHandleDesc handle) {
          requireMember(
              internalName(handle.owner()), handle.methodName(), handle.lookupDescriptor(), false);
        }
      }
    }
  }

  private void require(ClassEntry entry) {
    require(entry.asInternalName());
  }

  private boolean require(String name) {
    visit(name);
    if (name.startsWith(KAFKA) && kafkaClass(name) == null) {
      missing.add(name.replace('/', '.'));
      return false;
    }
    return true;
  }

  private void requireMember(MemberRefEntry member, boolean field) {
    requireMember(
        member.owner().asInternalName(),
        member.name().stringValue(),
        member.type().stringValue(),
        field);
  }

  private void requireMember(String owner, String name, String type, boolean field) {
    if (require(owner) && owner.startsWith(KAFKA) && !has(owner, name, type, field)) {
      missing.add(owner.replace('/', '.') + "." + name + (field ? "" : "()"));
    }
  }

  /** Members inherited from classes that are not Kafka's are taken to be there. */
  private boolean has(String owner, String name, String type, boolean field) {
    if (!owner.startsWith(KAFKA)) {
      return !owner.equals("java/lang/Object") || isOfObject(name);
    }
    ClassModel model = kafkaClass(owner);
    if (model == null) {
      return false;
    }
    boolean declared =
        field
            ? model.fields().stream().anyMatch(each -> isNamed(each, name, type))
            : model.methods().stream().anyMatch(each -> isNamed(each, name, type));
    return declared || (!name.equals("<init>") && isInherited(model, name, type, field));
  }

  private boolean isInherited(ClassModel model, String name, String type, boolean field) {
    return Stream.concat(model.superclass().stream(), model.interfaces().stream())
        .anyMatch(each -> has(each.asInternalName(), name, type, field));
  }

  private static boolean isNamed(FieldModel field, String name, String type) {
    return field.fieldName().equalsString(name) && field.fieldType().equalsString(type);
  }

  private static boolean isNamed(MethodModel method, String name, String type) {
    return method.methodName().equalsString(name) && method.methodType().equalsString(type);
  }

  private static boolean isOfObject(String name) {
    return List.of(Object.class.getMethods()).stream()
        .anyMatch(method -> method.getName().equals(name));
  }

  private void visit(String name) {
    if (name.startsWith(OURS) && !name.startsWith(BINDINGS) && seen.add(name)) {
      toVisit.add(name);
    }
  }

  private boolean exists(ClassDesc type) {
    String name = type.isArray() || type.isPrimitive() ? "" : internalName(type);
    return !name.startsWith(KAFKA) || kafkaClass(name) != null;
  }

  private static String internalName(ClassDesc type) {
    String descriptor = type.descriptorString();
    return type.isClassOrInterface() ? descriptor.substring(1, descriptor.length() - 1) : "";
  }

  private ClassModel kafkaClass(String name) {
    if (!kafkaClasses.containsKey(name)) {
      kafkaClasses.put(name, read(name + ".class"));
    }
    return kafkaClasses.get(name);
  }

  private ClassModel read(String resource) {
    try (InputStream in =
        kafka == null
            ? ClassLoader.getSystemResourceAsStream(resource)
            : kafka.getResourceAsStream(resource)) {
      return in == null ? null : ClassFile.of().parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
