import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rewrites the classes of JARs so that Java 21 runs them with its preview of the Foreign Function &amp; Memory API: the classes' version, and the
 * calls of methods that had another name there. For a platform whose only JVM at hand is of that version.
 *
 * <p>Usage: java --class-path CLASSES ForJava21.java jar... where CLASSES holds copies of the JARs and all that they use
 */
public final class ForJava21 {
  private static final int JAVA_21 = 65;
  private static final int WITH_PREVIEW = 65535;
  private static final String FOREIGN = "Ljava/lang/foreign/";

  /** By name and parameters, what the method was called; owners differ, names do not clash. */
  private static final Map<String, String> OLD_NAMES =
      Map.of(
          "getString(J)", "getUtf8String",
          "setString(JLjava/lang/String;)", "setUtf8String",
          "allocateFrom(Ljava/lang/String;)", "allocateUtf8String",
          "allocateFrom(" + FOREIGN + "ValueLayout$OfByte;[B)", "allocateArray",
          "allocateFrom(" + FOREIGN + "ValueLayout$OfInt;[I)", "allocateArray",
          "allocateFrom(" + FOREIGN + "AddressLayout;" + FOREIGN + "MemorySegment;)", "allocate",
          "allocate(" + FOREIGN + "MemoryLayout;J)", "allocateArray");

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      try (FileSystem files = FileSystems.newFileSystem(Path.of(jar));
          Stream<Path> all = Files.walk(files.getPath("/"))) {
        List<Path> classes = all.filter(file -> file.toString().endsWith(".class")).toList();
        for (Path file : classes) {
          Files.write(file, rewrite(Files.readAllBytes(file)));
        }
      }
    }
  }

  private static byte[] rewrite(byte[] content) {
    ClassFile classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())));
    ClassTransform transform =
        ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(() -> ForJava21::rewrite))
            .andThen(ClassTransform.endHandler(to -> to.withVersion(JAVA_21, WITH_PREVIEW)));
    return classFile.transformClass(classFile.parse(content), transform);
  }

  private static void rewrite(CodeBuilder to, CodeElement element) {
    if (element instanceof InvokeInstruction call
        && call.owner().asInternalName().startsWith("java/lang/foreign/")) {
      rewrite(to, call);
    } else {
      to.with(element);
    }
  }

  private static void rewrite(CodeBuilder to, InvokeInstruction call) {
    String name = call.name().stringValue();
    String type = call.type().stringValue();
    String parameters = type.substring(0, type.indexOf(')') + 1);
    ClassDesc segment = ClassDesc.ofDescriptor(FOREIGN + "MemorySegment;");
    ClassDesc missing = ClassDesc.of("org.example.MissingInJava21");
    switch (name + parameters) {
      case "getString(JLjava/nio/charset/Charset;)" ->
          to.pop().invokeinterface(segment, "getUtf8String", MethodTypeDesc.ofDescriptor("(J)Ljava/lang/String;"));
      case "critical(Z)" ->
          to.pop()
              .invokestatic(
                  call.owner().asSymbol(),
                  "isTrivial",
                  MethodTypeDesc.ofDescriptor("()" + FOREIGN + "Linker$Option;"),
                  true);
      case "canonicalLayouts()" ->
          to.invokestatic(missing, name, MethodTypeDesc.ofDescriptor("(" + FOREIGN + "Linker;)Ljava/util/Map;"));
      case "findOrThrow(Ljava/lang/String;)" ->
          to.invokestatic(
              missing,
              name,
              MethodTypeDesc.ofDescriptor("(" + FOREIGN + "SymbolLookup;Ljava/lang/String;)" + FOREIGN + "MemorySegment;"));
      default ->
          to.invoke(
              call.opcode(),
              call.owner().asSymbol(),
              OLD_NAMES.getOrDefault(name + parameters, name),
              call.typeSymbol(),
              call.isInterface());
    }
  }
}
