package io.github.rdkafka.dropin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings a replaced class back under another name, {@code KafkaProducer$Original}, in the same
 * package and class loader, with the classes nested in it.
 */
final class OriginalClass {

  static final String SUFFIX = "$Original";

  private static final int UTF8 = 1;

  private OriginalClass() {}

  /**
   * Defines it; at most once for each replaced class.
   *
   * @param replaced of the replaced class, with all access
   * @throws IOException if the class loader does not show the class's file
   * @throws IllegalAccessException if the lookup has not all access
   */
  static Class<?> define(MethodHandles.Lookup replaced) throws IOException, IllegalAccessException {
    Class<?> type = replaced.lookupClass();
    String name = type.getName().replace('.', '/');
    byte[] file = read(type, name);
    ClassModel model = ClassFile.of().parse(file);
    List<ClassEntry> nested =
        model
            .findAttribute(Attributes.nestMembers())
            .map(NestMembersAttribute::nestMembers)
            .orElse(List.of());
    for (ClassEntry each : nested) {
      replaced.defineClass(renamed(read(type, each.asInternalName()), name));
    }
    return replaced.defineClass(renamed(file, name));
  }

  private static byte[] read(Class<?> type, String internalName) throws IOException {
    String resource = internalName + ".class";
    try (InputStream in = type.getResourceAsStream("/" + resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource);
      }
      return in.readAllBytes();
    }
  }

  /** Replaces the name in all texts of the constant pool; the rest refers to them by number. */
  static byte[] renamed(byte[] classFile, String name) throws IOException {
    Pattern pattern = Pattern.compile(Pattern.quote(name) + "(?![\\p{Alnum}_])");
    String replacement = Matcher.quoteReplacement(name + SUFFIX);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(classFile.length + 1024);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    DataOutputStream out = new DataOutputStream(bytes);
    copy(in, out, 8);
    int entries = in.readUnsignedShort();
    out.writeShort(entries);
    for (int entry = 1; entry < entries; entry++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      if (tag == UTF8) {
        out.writeUTF(pattern.matcher(in.readUTF()).replaceAll(replacement));
      } else {
        copy(in, out, sizeOf(tag));
        // a long or a double takes two numbers
        entry += tag == 5 || tag == 6 ? 1 : 0;
      }
    }
    in.transferTo(out);
    return bytes.toByteArray();
  }

  private static int sizeOf(int tag) throws IOException {
    return switch (tag) {
      case 7, 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      case 5, 6 -> 8;
      default -> throw new IOException("unknown constant " + tag);
    };
  }

  private static void copy(DataInputStream in, DataOutputStream out, int count) throws IOException {
    out.write(in.readNBytes(count));
  }
}
