package io.github.rdkafka.dropin;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;

/**
 * Writes the class that takes the place of a Kafka client's: all that others see of the original,
 * and two fields, for the client that does the work and for the function that makes it.
 *
 * <p>The new code names only types of the JDK and of kafka-clients: where it runs, the agent's
 * classes may be out of sight. It finds them through the system class loader, whatever the
 * application's loaders delegate to.
 */
final class BodyWriter {

  private static final String DELEGATE = "rdkafka$delegate";
  private static final String FACTORY = "rdkafka$factory";
  private static final int PRIVATE_FINAL =
      ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC;

  private static final ClassDesc CD_BiFunction = ClassDesc.of("java.util.function.BiFunction");
  private static final ClassDesc CD_ClassLoader = ClassDesc.of("java.lang.ClassLoader");
  private static final ClassDesc CD_Method = ClassDesc.of("java.lang.reflect.Method");
  private static final ClassDesc CD_MethodHandles = ClassDesc.of("java.lang.invoke.MethodHandles");

  private final KafkaClass kafkaClass;
  private final ClassDesc self;
  private final ClassDesc role;

  private BodyWriter(KafkaClass kafkaClass, ClassModel original) {
    this.kafkaClass = kafkaClass;
    this.self = original.thisClass().asSymbol();
    this.role = kafkaClass.interfaceDesc();
  }

  /** The class file of the replaced class. */
  static byte[] replaced(KafkaClass kafkaClass, ClassModel original, MemberPlan plan) {
    BodyWriter writer = new BodyWriter(kafkaClass, original);
    return withoutOldConstants()
        .build(
            writer.self,
            builder -> {
              builder.withVersion(original.majorVersion(), original.minorVersion());
              for (ClassElement element : original) {
                writer.write(builder, element, plan);
              }
              writer.writeFactory(builder);
            });
  }

  /** The original, except that initializing it fails with a message. */
  static byte[] refused(ClassModel original, String message) {
    Consumer<CodeBuilder> code =
        body -> throwNew(body, ClassDesc.of("java.lang.IllegalStateException"), message);
    return ClassFile.of()
        .build(
            original.thisClass().asSymbol(),
            builder -> {
              builder.withVersion(original.majorVersion(), original.minorVersion());
              for (ClassElement element : original) {
                if (!(element instanceof MethodModel m
                    && m.methodName().equalsString("<clinit>"))) {
                  builder.with(element);
                }
              }
              builder.withMethodBody(
                  "<clinit>", MethodTypeDesc.of(CD_void), ClassFile.ACC_STATIC, code);
            });
  }

  private static ClassFile withoutOldConstants() {
    return ClassFile.of(ClassFile.ConstantPoolSharingOption.NEW_POOL);
  }

  private void write(ClassBuilder builder, ClassElement element, MemberPlan plan) {
    if (element instanceof FieldModel field) {
      if (MemberPlan.isConstant(field)) {
        builder.with(field);
      }
    } else if (element instanceof MethodModel method) {
      switch (plan.fate(method)) {
        case KEEP -> builder.with(method);
        case DELEGATE -> withCode(builder, method, code -> delegate(code, method));
        case CONSTRUCT -> withCode(builder, method, code -> construct(code, method));
        case UNSUPPORTED -> withCode(builder, method, code -> unsupported(code, method));
        case DROP -> {}
      }
    } else if (!(element instanceof NestMembersAttribute)) {
      builder.with(element);
    }
  }

  /** Generic types, annotations and parameters' names stay. */
  private static void withCode(
      ClassBuilder builder, MethodModel method, Consumer<CodeBuilder> code) {
    builder.withMethod(
        method.methodName(),
        method.methodType(),
        method.flags().flagsMask(),
        to -> {
          for (MethodElement element : method) {
            if (!(element instanceof CodeModel)) {
              to.with(element);
            }
          }
          to.withCode(code);
        });
  }

  private void delegate(CodeBuilder code, MethodModel method) {
    MethodTypeDesc type = method.methodTypeSymbol();
    code.aload(0).getfield(self, DELEGATE, role);
    for (int i = 0; i < type.parameterCount(); i++) {
      code.loadLocal(TypeKind.from(type.parameterType(i)), code.parameterSlot(i));
    }
    code.invokeinterface(role, method.methodName().stringValue(), type)
        .return_(TypeKind.from(type.returnType()));
  }

  /** Constructors that are public have arguments that are all objects. */
  private void construct(CodeBuilder code, MethodModel method) {
    MethodTypeDesc type = method.methodTypeSymbol();
    code.aload(0).invokespecial(CD_Object, "<init>", MethodTypeDesc.of(CD_void));
    code.aload(0)
        .getstatic(self, FACTORY, CD_BiFunction)
        .loadConstant(type.descriptorString())
        .loadConstant(type.parameterCount())
        .anewarray(CD_Object);
    for (int i = 0; i < type.parameterCount(); i++) {
      code.dup().loadConstant(i).aload(code.parameterSlot(i)).aastore();
    }
    code.invokeinterface(CD_BiFunction, "apply", MethodTypeDesc.of(CD_Object, CD_Object, CD_Object))
        .checkcast(role)
        .putfield(self, DELEGATE, role)
        .return_();
  }

  private void unsupported(CodeBuilder code, MethodModel method) {
    String name =
        method.methodName().equalsString("<init>") ? "constructor" : method.methodName() + "()";
    throwNew(
        code,
        ClassDesc.of("java.lang.UnsupportedOperationException"),
        "This %s of %s is internal to Kafka, and there is none on librdkafka"
            .formatted(name, kafkaClass.simpleName()));
  }

  private static void throwNew(CodeBuilder code, ClassDesc exception, String message) {
    code.new_(exception)
        .dup()
        .loadConstant(message)
        .invokespecial(exception, "<init>", MethodTypeDesc.of(CD_void, CD_String))
        .athrow();
  }

  /** {@code factory = (BiFunction) Factory.of(lookup())}, by reflection. */
  private void writeFactory(ClassBuilder builder) {
    builder.withField(DELEGATE, role, PRIVATE_FINAL);
    builder.withField(FACTORY, CD_BiFunction, PRIVATE_FINAL | ClassFile.ACC_STATIC);
    builder.withMethodBody(
        "<clinit>",
        MethodTypeDesc.of(CD_void),
        ClassFile.ACC_STATIC,
        code ->
            code.invokestatic(
                    CD_ClassLoader, "getSystemClassLoader", MethodTypeDesc.of(CD_ClassLoader))
                .loadConstant(ClientFactory.class.getName())
                .invokevirtual(CD_ClassLoader, "loadClass", MethodTypeDesc.of(CD_Class, CD_String))
                .loadConstant("of")
                .iconst_1()
                .anewarray(CD_Class)
                .dup()
                .iconst_0()
                .loadConstant(CD_MethodHandles_Lookup)
                .aastore()
                .invokevirtual(
                    CD_Class,
                    "getMethod",
                    MethodTypeDesc.of(CD_Method, CD_String, CD_Class.arrayType()))
                .aconst_null()
                .iconst_1()
                .anewarray(CD_Object)
                .dup()
                .iconst_0()
                .invokestatic(
                    CD_MethodHandles, "lookup", MethodTypeDesc.of(CD_MethodHandles_Lookup))
                .aastore()
                .invokevirtual(
                    CD_Method,
                    "invoke",
                    MethodTypeDesc.of(CD_Object, CD_Object, CD_Object.arrayType()))
                .checkcast(CD_BiFunction)
                .putstatic(self, FACTORY, CD_BiFunction)
                .return_());
  }
}
