package io.github.rdkafka.bindings;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.rdkafka.bindings.librdkafka.rdkafka_h;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * librdkafka's getters that are called once per record or batch, bound with {@link
 * Linker.Option#critical(boolean)}: about half the cost of the same call through {@link rdkafka_h}.
 *
 * <p>During such a call the thread stays in Java state and holds up every safepoint, so only
 * functions that read a few fields belong here: nothing that locks, allocates, frees or waits.
 *
 * <p>Pointers are plain addresses, because the hot path holds addresses and not segments. All
 * methods are safe from any thread as long as the object behind the address is alive and belongs to
 * that thread; a wrong address crashes the JVM.
 */
public final class CriticalCalls {

  private static final SymbolLookup LOOKUP = loadedLibrary();
  private static final List<FunctionDescriptor> DESCRIPTORS = new ArrayList<>();

  private static final MethodHandle EVENT_TYPE = bind("rd_kafka_event_type", JAVA_INT, JAVA_LONG);
  private static final MethodHandle MESSAGE_TIMESTAMP =
      bind("rd_kafka_message_timestamp", JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle MESSAGE_LEADER_EPOCH =
      bind("rd_kafka_message_leader_epoch", JAVA_INT, JAVA_LONG);
  private static final MethodHandle MESSAGE_MSGSET =
      bindIfThere("rd_kafka_message_msgset", JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle MESSAGE_OPAQUES =
      bindIfThere("rd_kafka_message_opaques", JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle HEADER_GET_ALL =
      bind(
          "rd_kafka_header_get_all",
          JAVA_INT,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG,
          JAVA_LONG);
  private static final MethodHandle MESSAGE_ERRSTR =
      bind("rd_kafka_message_errstr", rdkafka_h.C_POINTER, JAVA_LONG);
  private static final MethodHandle TOPIC_NAME =
      bind("rd_kafka_topic_name", rdkafka_h.C_POINTER, JAVA_LONG);
  private static final MethodHandle ERR2NAME =
      bind("rd_kafka_err2name", rdkafka_h.C_POINTER, JAVA_INT);

  private CriticalCalls() {}

  /**
   * The kind of an event.
   *
   * @param event address of an {@code rd_kafka_event_t}, or 0
   * @return one of {@code RD_KAFKA_EVENT_*}; {@code RD_KAFKA_EVENT_NONE} for address 0
   */
  public static int rd_kafka_event_type(long event) {
    try {
      return (int) EVENT_TYPE.invokeExact(event);
    } catch (Throwable e) {
      throw unreachable(e);
    }
  }

  /**
   * The timestamp of a message.
   *
   * @param message address of an {@code rd_kafka_message_t}
   * @param timestampType address of an {@code int} that takes one of {@code RD_KAFKA_TIMESTAMP_*},
   *     or 0
   * @return milliseconds since the epoch, or -1 if the message has none
   */
  public static long rd_kafka_message_timestamp(long message, long timestampType) {
    try {
      return (long) MESSAGE_TIMESTAMP.invokeExact(message, timestampType);
    } catch (Throwable e) {
      throw unreachable(e);
    }
  }

  /**
   * The leader epoch of a consumed message.
   *
   * @param message address of an {@code rd_kafka_message_t}
   * @return the epoch, or -1 if it is not known
   */
  public static int rd_kafka_message_leader_epoch(long message) {
    try {
      return (int) MESSAGE_LEADER_EPOCH.invokeExact(message);
    } catch (Throwable e) {
      throw unreachable(e);
    }
  }

  /**
   * Whether a message is a whole message set; only where {@link NativeLibrary#has} the function,
   * which came with our corrections.
   *
   * @param message address of a consumed {@code rd_kafka_message_t} without error
   * @param baseOffset address of an {@code int64_t} that takes what the offset deltas of a set's
   *     records are added to, or 0
   * @return about how many records the set has, or 0 for a single message
   */
  public static int rd_kafka_message_msgset(long message, long baseOffset) {
    try {
      return (int) MESSAGE_MSGSET.invokeExact(message, baseOffset);
    } catch (Throwable e) {
      throw unreachable(e);
    }
  }

  /**
   * Which records a message of a delivery report is for; only where {@link NativeLibrary#has} the
   * function, which came with our corrections.
   *
   * @param message address of a produced {@code rd_kafka_message_t}
   * @param count address of a {@code size_t} that takes their number
   * @return address of their opaques in the order of their offsets, which live as long as the
   *     message, or 0 for a message of its own
   */
  public static long rd_kafka_message_opaques(long message, long count) {
    try {
      return (long) MESSAGE_OPAQUES.invokeExact(message, count);
    } catch (Throwable e) {
      throw unreachable(e);
    }
  }

  /**
   * A header by its place in the list.
   *
   * @param headers address of an {@code rd_kafka_headers_t}
   * @param index from 0
   * @param name address of a pointer, set to a C string that lives as long as the list
   * @param value address of a pointer, set to the value, or to 0 for a null value
   * @param size address of a {@code size_t}, set to the value's length
   * @return {@code RD_KAFKA_RESP_ERR_NO_ERROR}, or {@code RD_KAFKA_RESP_ERR__NOENT} behind the last
   *     header
   */
  public static int rd_kafka_header_get_all(
      long headers, long index, long name, long value, long size) {
    try {
      return (int) HEADER_GET_ALL.invokeExact(headers, index, name, value, size);
    } catch (Throwable e) {
      throw unreachable(e);
    }
  }

  /**
   * The error text of a consumed message.
   *
   * @param message address of an {@code rd_kafka_message_t}
   * @return a C string that lives as long as the message, or {@link MemorySegment#NULL} if there is
   *     no error
   */
  public static MemorySegment rd_kafka_message_errstr(long message) {
    try {
      return (MemorySegment) MESSAGE_ERRSTR.invokeExact(message);
    } catch (Throwable e) {
      throw unreachable(e);
    }
  }

  /**
   * The name of a topic.
   *
   * @param topic address of an {@code rd_kafka_topic_t}
   * @return a C string that lives as long as the topic
   */
  public static MemorySegment rd_kafka_topic_name(long topic) {
    try {
      return (MemorySegment) TOPIC_NAME.invokeExact(topic);
    } catch (Throwable e) {
      throw unreachable(e);
    }
  }

  /**
   * The name of an error code.
   *
   * @param error one of {@code RD_KAFKA_RESP_ERR_*}, or any other number
   * @return a C string that lives for ever for a known code; for an unknown one it is valid until
   *     the thread's next call
   */
  public static MemorySegment rd_kafka_err2name(int error) {
    try {
      return (MemorySegment) ERR2NAME.invokeExact(error);
    } catch (Throwable e) {
      throw unreachable(e);
    }
  }

  private static SymbolLookup loadedLibrary() {
    NativeLibrary.load();
    return SymbolLookup.loaderLookup();
  }

  private static MethodHandle bind(String name, MemoryLayout result, MemoryLayout... arguments) {
    LOOKUP.findOrThrow(name);
    return bindIfThere(name, result, arguments);
  }

  /** Null if the library has no such function. */
  private static MethodHandle bindIfThere(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    FunctionDescriptor descriptor = FunctionDescriptor.of(result, arguments);
    DESCRIPTORS.add(descriptor);
    return LOOKUP
        .find(name)
        .map(
            f -> Linker.nativeLinker().downcallHandle(f, descriptor, Linker.Option.critical(false)))
        .orElse(null);
  }

  /** The shapes of these calls. */
  static List<FunctionDescriptor> descriptors() {
    return List.copyOf(DESCRIPTORS);
  }

  private static AssertionError unreachable(Throwable e) {
    return new AssertionError("a downcall does not throw", e);
  }
}
