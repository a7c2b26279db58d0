package io.github.rdkafka.internal.producer;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.natives.EventLoop;
import io.github.rdkafka.internal.natives.NativeClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;

/**
 * Records on their way to librdkafka. The first ones of a millisecond go there at once. If more
 * follow, they are gathered, so that one native call, and each of librdkafka's locks, serves many
 * of them: until their memory is full, somebody waits, or a millisecond has passed. The event loop
 * sees to the latter, and only while it comes round in time is anything gathered.
 *
 * <p>All records of a producer go through here in the order of their sends, or past it after a
 * {@link #flush}.
 */
final class RecordAccumulator implements AutoCloseable {
  /** Records of a millisecond that go to librdkafka one by one. */
  static final int AT_ONCE = 100;

  private static final int FUTURES_AT_ONCE = 64;
  private static final int VISIT_EVERY_MILLIS = 1;
  private static final int VISITOR_IS_LATE_MILLIS = 20;
  private static final int CALM_AFTER_MILLIS = 50;
  private static final Duration OTHERS_LEAVE = Duration.ofSeconds(10);

  private final NativeClient client;
  private final PendingSends pending;
  private final Refusals refusals;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final PackedRecords records = new PackedRecords();
  private final SendFuture[] futures = new SendFuture[FUTURES_AT_ONCE];
  private int nextFuture = FUTURES_AT_ONCE;
  private SendGroup group;
  private int usualCount = 1;
  private long oldestMs;
  private long currentMs;
  private int currentCount;
  private int previousCount;

  private volatile boolean busy;
  private volatile long visitedMs;
  private volatile boolean refusing;

  RecordAccumulator(NativeClient client, PendingSends pending, Refusals refusals) {
    this.client = client;
    this.pending = pending;
    this.refusals = refusals;
  }

  /**
   * Takes a record over, of which {@link PackedRecords#size} says at most {@link
   * PackedRecords#LARGEST}; its delivery report will come, or its refusal.
   *
   * @param charge what the budget has given
   * @param topic address of an {@code rd_kafka_topic_t}
   * @param callback null for none
   * @param seen the headers for interceptors, or null
   * @throws KafkaException when the producer has been closed
   */
  SendFuture append(
      Partition partition,
      int charge,
      long topic,
      byte[] key,
      byte[] value,
      HeaderBytes headers,
      long timestamp,
      long nowMs,
      Callback callback,
      Headers seen) {
    lock.lock();
    try {
      if (records.isFull()) {
        handOver();
      }
      if (refusing || records.isFull()) {
        throw new KafkaException("Producer closed while send in progress");
      }
      if (records.isEmpty()) {
        oldestMs = nowMs;
      }
      boolean mayWait = mayWait(nowMs);
      SendFuture send = nextFuture();
      send.of(partition, charge, key, value, timestamp, callback, seen);
      openGroup();
      long opaque = group.next();
      group.add(send);
      try {
        records.add(topic, partition.number(), key, value, headers, timestamp, opaque);
      } catch (Throwable notAdded) {
        group.takeBack();
        throw notAdded;
      }
      if (!mayWait || records.isFull()) {
        handOverOrLeave();
      }
      return send;
    } finally {
      lock.unlock();
    }
  }

  private void openGroup() {
    if (group == null) {
      group = pending.open(usualCount);
    } else if (group.isFull()) {
      group.seal();
      group = pending.open(SendGroup.MOST);
    }
  }

  /** Made many at a time, neighbours in memory: the event loop reads them one after the other. */
  private SendFuture nextFuture() {
    if (nextFuture == futures.length) {
      for (int i = 0; i < futures.length; i++) {
        futures[i] = new SendFuture();
      }
      nextFuture = 0;
    }
    SendFuture next = futures[nextFuture];
    futures[nextFuture++] = null;
    return next;
  }

  private boolean mayWait(long nowMs) {
    if (nowMs != currentMs) {
      previousCount = nowMs == currentMs + 1 ? currentCount : 0;
      currentMs = nowMs;
      currentCount = 0;
    }
    currentCount++;
    boolean burst = currentCount > AT_ONCE || previousCount > AT_ONCE;
    return burst && nowMs == oldestMs && isVisited(nowMs);
  }

  // Under the lock and not refusing, hence the client is not destroyed meanwhile.
  private boolean isVisited(long nowMs) {
    if (!busy) {
      visitedMs = nowMs;
      busy = true;
      client.loop().wake();
    }
    return nowMs - visitedMs < VISITOR_IS_LATE_MILLIS;
  }

  /** Hands over what has been gathered so far; false if others have been at it for very long. */
  boolean flush() {
    if (!lockWithin(Deadline.after(OTHERS_LEAVE))) {
      return false;
    }
    try {
      handOver();
    } finally {
      lock.unlock();
    }
    return true;
  }

  /** As {@link #flush}, unless somebody is adding a record, who will see to it. */
  void flushIfFree() {
    if (lock.tryLock()) {
      try {
        handOver();
      } finally {
        lock.unlock();
      }
    }
  }

  /** The record is in, so whatever goes wrong now is not the send's: the event loop tries again. */
  private void handOverOrLeave() {
    try {
      handOver();
    } catch (Throwable later) {
      busy = true;
    }
  }

  private void handOver() {
    // What is left when the client is being destroyed is failed by the event loop.
    if (!records.isEmpty() && client.enter()) {
      try {
        if (group != null) {
          group.seal();
          usualCount = Math.max(1, group.count());
          group = null;
        }
        records.produce(client.segment(), refusals);
      } finally {
        client.exit();
      }
    }
  }

  /** How long the event loop may stay away. */
  int visitWithinMillis() {
    return busy ? VISIT_EVERY_MILLIS : EventLoop.POLL_MILLIS;
  }

  /** Hands over what waits for more than a millisecond; by the event loop. */
  void visit() {
    if (!busy) {
      return;
    }
    long nowMs = System.currentTimeMillis();
    visitedMs = nowMs;
    if (!lock.tryLock()) {
      // Whoever is adding a record looks at its time, too.
      return;
    }
    try {
      if (nowMs != oldestMs) {
        handOver();
      }
      if (records.isEmpty() && Math.abs(nowMs - currentMs) > CALM_AFTER_MILLIS) {
        busy = false;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more records; those who are adding one may still be at it. */
  void refuse() {
    refusing = true;
  }

  /** Waits until nobody is adding a record; false when the deadline passed first. */
  boolean awaitEmpty(Deadline deadline) {
    boolean free = lockWithin(deadline);
    if (free) {
      lock.unlock();
    }
    return free;
  }

  private boolean lockWithin(Deadline deadline) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return lock.tryLock() || lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    refuse();
    lock.lock();
    try {
      records.close();
    } finally {
      lock.unlock();
    }
  }
}
