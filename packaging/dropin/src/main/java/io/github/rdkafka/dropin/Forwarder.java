package io.github.rdkafka.dropin;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.reflect.AccessFlag;
import java.util.Optional;

/**
 * Recognizes methods like {@code send(record)}, which is {@code send(record, null)}: a subclass
 * that overrides the second one expects to be called by the first.
 */
final class Forwarder {

  private Forwarder() {}

  /** Whether a method only calls overridable methods of its own class, and code elsewhere. */
  static boolean isForwarder(ClassModel owner, MethodModel method) {
    Optional<CodeModel> code = method.code();
    if (code.isEmpty()) {
      return false;
    }
    boolean forwards = false;
    for (CodeElement element : code.get()) {
      if (element instanceof ExceptionCatch
          || (element instanceof Instruction i && !isAllowed(owner, i))) {
        return false;
      }
      forwards |=
          element instanceof InvokeInstruction call && isOwn(owner, call.owner().asInternalName());
    }
    return forwards;
  }

  private static boolean isAllowed(ClassModel owner, Instruction instruction) {
    if (instruction instanceof InvokeInstruction call) {
      return !isOwn(owner, call.owner().asInternalName())
          || (call.opcode() == Opcode.INVOKEVIRTUAL && isOverridable(owner, call));
    }
    if (instruction instanceof FieldInstruction field) {
      return !isOwn(owner, field.owner().asInternalName());
    }
    // branches would need stack maps, lambdas their private method
    return !(instruction instanceof BranchInstruction
        || instruction instanceof InvokeDynamicInstruction
        || instruction instanceof LookupSwitchInstruction
        || instruction instanceof TableSwitchInstruction);
  }

  private static boolean isOverridable(ClassModel owner, InvokeInstruction call) {
    for (MethodModel method : owner.methods()) {
      if (method.methodName().equalsString(call.name().stringValue())
          && method.methodType().equalsString(call.type().stringValue())) {
        return method.flags().has(AccessFlag.PUBLIC) || method.flags().has(AccessFlag.PROTECTED);
      }
    }
    return false;
  }

  /** The class itself, or one nested in it. */
  private static boolean isOwn(ClassModel owner, String name) {
    String own = owner.thisClass().asInternalName();
    return name.equals(own) || name.startsWith(own + "$");
  }
}
