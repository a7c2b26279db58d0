package io.github.rdkafka.bindings;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.module.ModuleDescriptor;
import java.util.TreeSet;

/** Whether this JVM lets the bindings call native code. */
final class NativeAccess {

  private NativeAccess() {}

  /**
   * Asks before anything else does, because generated code would fail while its class initialises,
   * which says less.
   *
   * @throws NativeLibraryException if it does not
   */
  static void require() {
    try {
      MemorySegment.NULL.reinterpret(1);
      Linker.nativeLinker();
    } catch (UnsupportedOperationException e) {
      throw new NativeLibraryException(
          "This JVM cannot call native code: os.name=%s, os.arch=%s."
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
          e);
    } catch (IllegalCallerException e) {
      throw new NativeLibraryException(
          "This JVM forbids native access, which librdkafka needs: start it with --enable-native-access="
              + modules(NativeAccess.class.getModule()),
          e);
    }
  }

  /** What the option has to name: these bindings, and the modules that are made for them. */
  static String modules(Module bindings) {
    if (!bindings.isNamed()) {
      return "ALL-UNNAMED";
    }
    var names = new TreeSet<String>();
    names.add(bindings.getName());
    ModuleLayer layer = bindings.getLayer();
    if (layer != null) {
      for (Module module : layer.modules()) {
        for (ModuleDescriptor.Requires required : module.getDescriptor().requires()) {
          if (required.name().equals(bindings.getName())) {
            names.add(module.getName());
          }
        }
      }
    }
    return String.join(",", names);
  }
}
