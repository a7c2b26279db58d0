package io.github.rdkafka.benchmarks.jmh;

import io.github.rdkafka.bindings.CriticalCalls;
import io.github.rdkafka.bindings.NativeLibrary;
import io.github.rdkafka.bindings.librdkafka.rdkafka_h;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A downcall that does nothing, {@code rd_kafka_event_type} of no event, in every way there is. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = "--enable-native-access=ALL-UNNAMED")
public class DowncallBenchmark {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment struct = arena.allocate(72, 8);
  private final long address = struct.address();
  // the same as the constants, but the JIT cannot know it
  private final MethodHandle field =
      Linker.nativeLinker()
          .downcallHandle(
              SymbolLookup.loaderLookup()
                  .or(Linker.nativeLinker().defaultLookup())
                  .find("abs")
                  .orElseThrow(),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  @Setup
  public void load() {
    NativeLibrary.load();
  }

  @Benchmark
  public int asJextractBindsIt() {
    return rdkafka_h.rd_kafka_event_type(MemorySegment.NULL);
  }

  @Benchmark
  public int critical() {
    return CriticalCalls.rd_kafka_event_type(0);
  }

  @Benchmark
  public int throughAHandleThatIsNoConstant() throws Throwable {
    return (int) field.invokeExact(1);
  }

  @Benchmark
  public long readOfAFieldThroughTheWholeAddressSpace() {
    return ALL.get(ValueLayout.JAVA_LONG, address + 56);
  }

  @Benchmark
  public long readOfAFieldThroughASegmentOfItsOwn() {
    return MemorySegment.ofAddress(address).reinterpret(72).get(ValueLayout.JAVA_LONG, 56);
  }
}
