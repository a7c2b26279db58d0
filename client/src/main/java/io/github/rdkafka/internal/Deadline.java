package io.github.rdkafka.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A point in time until which something may wait, on the monotonic clock. */
public final class Deadline {
  private static final long FAR_NANOS = Long.MAX_VALUE / 2;

  private final long start;
  private final long nanos;

  private Deadline(long nanos) {
    this.start = System.nanoTime();
    this.nanos = Math.clamp(nanos, 0, FAR_NANOS);
  }

  public static Deadline after(Duration timeout) {
    return new Deadline(saturatedNanos(timeout));
  }

  public static Deadline afterMillis(long millis) {
    return new Deadline(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** The earlier of this one and {@code millis} from now. */
  public Deadline orAfterMillis(long millis) {
    return remainingMillis() <= millis ? this : afterMillis(millis);
  }

  public long remainingNanos() {
    return Math.max(0, nanos - (System.nanoTime() - start));
  }

  /** Whole milliseconds left, rounded up, so that 0 means expired. */
  public long remainingMillis() {
    long left = remainingNanos();
    return left / 1_000_000 + (left % 1_000_000 > 0 ? 1 : 0);
  }

  /** The milliseconds left as a C function takes them, at most {@code slice}. */
  public int remainingMillis(int slice) {
    return (int) Math.min(slice, remainingMillis());
  }

  public boolean isExpired() {
    return remainingNanos() == 0;
  }

  private static long saturatedNanos(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException tooLong) {
      return timeout.isNegative() ? 0 : FAR_NANOS;
    }
  }
}
