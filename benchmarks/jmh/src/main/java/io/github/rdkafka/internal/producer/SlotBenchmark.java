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
  private static final int RECORDS = 10_000;

  private final PendingSends pending = new PendingSends();
  private final SlotCache cache = new SlotCache();
  private final long[] opaques = new long[RECORDS];
  private final int[] slots = new int[RECORDS];
  private final Header[] headers = {new RecordHeader("trace", new byte[] {1, 2, 3, 4})};

  /** A record's place in the table of pending sends: taken, found by its number, given back. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void slotOfASend() {
    for (int i = 0; i < RECORDS; i++) {
      SendFuture send = new SendFuture(null, null, 1, 16, 100);
      pending.add(send, cache);
      opaques[i] = send.opaque;
    }
    for (int i = 0; i < RECORDS; i++) {
      SendFuture send = pending.remove(opaques[i]);
      slots[i] = PendingSends.slot(send.opaque);
    }
    pending.giveBack(slots, RECORDS);
  }

  /** What a header costs before it is copied to native memory. */
  @Benchmark
  public long headerToBytes() {
    return new HeaderBytes(headers).bytes();
  }
}
