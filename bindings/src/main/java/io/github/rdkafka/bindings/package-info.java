/**
 * librdkafka for the JVM: {@link io.github.rdkafka.bindings.NativeLibrary} finds and loads the
 * library, the generated class {@link io.github.rdkafka.bindings.librdkafka.rdkafka_h} holds its
 * functions, and {@link io.github.rdkafka.bindings.CriticalCalls} the few that are worth calling
 * without leaving Java's thread state.
 */
package io.github.rdkafka.bindings;
