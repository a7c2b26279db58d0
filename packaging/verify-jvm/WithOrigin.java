package org.example;

import io.github.rdkafka.bindings.NativeLibrary;

/** README's program, which then says where the library came from that it used. */
public final class WithOrigin {
  public static void main(String[] args) {
    HelloOnMockCluster.main(args);
    System.out.println("loaded " + NativeLibrary.load());
  }
}
