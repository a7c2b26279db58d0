package org.example;

import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/** What the preview in Java 21 does not have under any name. */
public final class MissingInJava21 {
  public static Map<String, MemoryLayout> canonicalLayouts(Linker linker) {
    return Map.of(
        "bool", ValueLayout.JAVA_BOOLEAN,
        "char", ValueLayout.JAVA_BYTE,
        "short", ValueLayout.JAVA_SHORT,
        "int", ValueLayout.JAVA_INT,
        "long long", ValueLayout.JAVA_LONG,
        "float", ValueLayout.JAVA_FLOAT,
        "double", ValueLayout.JAVA_DOUBLE,
        "void*", ValueLayout.ADDRESS);
  }

  public static MemorySegment findOrThrow(SymbolLookup lookup, String name) {
    return lookup.find(name).orElseThrow();
  }
}
