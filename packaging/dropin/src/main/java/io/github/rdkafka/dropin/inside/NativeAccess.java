package io.github.rdkafka.dropin.inside;

import java.lang.reflect.Method;

/**
 * Gives this class's own module native access, and no other: from the command line, only modules of
 * the boot layer or the whole class path could get it.
 *
 * <p>The JDK offers it to who has it already ({@link ModuleLayer.Controller#enableNativeAccess});
 * an agent, which may do anything, has no better way than the method behind that.
 */
public final class NativeAccess {

  private NativeAccess() {}

  /**
   * Grants it.
   *
   * @throws ReflectiveOperationException if this JDK has no such method
   * @throws java.lang.reflect.InaccessibleObjectException unless {@code java.lang} is open to this
   *     module
   */
  public static void grant() throws ReflectiveOperationException {
    Method method = Module.class.getDeclaredMethod("implAddEnableNativeAccess");
    method.setAccessible(true);
    method.invoke(NativeAccess.class.getModule());
  }
}
