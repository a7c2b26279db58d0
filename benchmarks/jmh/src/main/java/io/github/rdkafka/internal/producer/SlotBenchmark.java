package io.github.rdkafka.internal.producer;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The Java halves of send path and delivery-report loop, without librdkafka between them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "--enable-native-access=ALL-UNNAMED"})
public class SlotBenchmark {
  private static final int GROUP = SendGroup.MOST;
  private static final int RECORDS = 100 * GROUP;

  private final PendingSends pending = new PendingSends();
  private final long[] opaques = new long[RECORDS];
  private final int[] slots = new int[RECORDS / GROUP];
  private final Header[] headers = {new RecordHeader("trace", new byte[] {1, 2, 3, 4})};

  /** A record's place in the table of pending sends: taken, found by its number, given back. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public SendFuture slotOfASend() {
    SendFuture taken = null;
    for (int i = 0; i < RECORDS; i += GROUP) {
      SendGroup group = pending.open(GROUP);
      for (int j = 0; j < GROUP; j++) {
        opaques[i + j] = group.next();
        group.add(new SendFuture());
      }
      group.seal();
    }
    int closed = 0;
    for (int i = 0; i < RECORDS; i++) {
      SendGroup group = pending.find(opaques[i]);
      taken = group.take(PendingSends.place(opaques[i]));
      if (group.isDone()) {
        slots[closed++] = pending.close(group);
      }
    }
    pending.giveBack(slots, closed);
    return taken;
  }

  /** What a header costs before it is copied to native memory. */
  @Benchmark
  public long headerToBytes() {
    return HeaderBytes.of(headers).bytes();
  }
}
