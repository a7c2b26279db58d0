package io.github.rdkafka.benchmarks;

import java.util.function.UnaryOperator;

/**
 * One row of the comparison: a work and its parameters, the same for every contender.
 *
 * @param id names it in results and options
 * @param group the dimension that it belongs to; a chart each
 * @param label its place in that dimension, as the chart shows it
 * @param size bytes of a value
 * @param acks {@code 1} or {@code all}
 * @param partitions of the topic
 * @param keys whether records have a key of 16 bytes
 * @param headers whether records have one header of 4 bytes
 * @param futures whether the sender waits for futures rather than giving callbacks
 * @param window how many records a sender has unacknowledged at once; 0 for as many as the client's
 *     buffer holds
 * @param threads how many threads send through one producer
 * @param virtual whether they are virtual ones
 * @param rate records a second, for {@link Work#LATENCY}
 * @param asShipped whether batch.size, linger.ms and buffer.memory are left at their defaults
 */
public record Cell(
    String id,
    String group,
    String label,
    Work work,
    int size,
    String acks,
    boolean idempotent,
    String compression,
    int partitions,
    boolean tls,
    boolean keys,
    boolean headers,
    boolean futures,
    int window,
    int threads,
    boolean virtual,
    int rate,
    boolean asShipped) {
  private static final int USUAL_SIZE = 100;
  private static final int USUAL_PARTITIONS = 6;

  /** 100-byte values, acks=1, six partitions, no key, no header, callbacks, one thread. */
  static Builder of(Work work, String id, String group, String label) {
    return new Builder(work, id, group, label);
  }

  /** Whether the plain C program can do it too: it has one sending thread and no futures. */
  public boolean suits(Contender contender) {
    return contender != Contender.C || (!futures && threads == 1 && !virtual);
  }

  /** Whether its runs start like any other producer: all of them tell how long that takes. */
  public boolean startsAsUsual() {
    return work != Work.CONSUME && size == USUAL_SIZE && partitions <= USUAL_PARTITIONS && !tls;
  }

  /** Bytes of key, value and header of a record. */
  public int recordBytes() {
    return size
        + (keys ? Payload.KEY_SIZE : 0)
        + (headers ? Payload.HEADER_NAME.length() + Payload.HEADER_SIZE : 0);
  }

  static final class Builder {
    private final Work work;
    private final String id;
    private final String group;
    private final String label;
    private int size = USUAL_SIZE;
    private String acks = "1";
    private boolean idempotent;
    private String compression = "none";
    private int partitions = USUAL_PARTITIONS;
    private boolean tls;
    private boolean keys;
    private boolean headers;
    private boolean futures;
    private int window;
    private int threads = 1;
    private boolean virtual;
    private int rate;
    private boolean asShipped;

    private Builder(Work work, String id, String group, String label) {
      this.work = work;
      this.id = id;
      this.group = group;
      this.label = label;
    }

    Builder with(UnaryOperator<Builder> change) {
      return change.apply(this);
    }

    Builder size(int bytes) {
      size = bytes;
      return this;
    }

    Builder acksAll(boolean withIdempotence) {
      acks = "all";
      idempotent = withIdempotence;
      return this;
    }

    Builder compression(String type) {
      compression = type;
      return this;
    }

    Builder partitions(int count) {
      partitions = count;
      return this;
    }

    Builder tls() {
      tls = true;
      return this;
    }

    Builder keys() {
      keys = true;
      return this;
    }

    Builder headers() {
      headers = true;
      return this;
    }

    Builder futures() {
      futures = true;
      return this;
    }

    Builder window(int records) {
      window = records;
      return this;
    }

    Builder threads(int count, boolean virtualOnes) {
      threads = count;
      virtual = virtualOnes;
      return this;
    }

    Builder rate(int recordsPerSecond) {
      rate = recordsPerSecond;
      return this;
    }

    Builder asShipped() {
      asShipped = true;
      return this;
    }

    Cell build() {
      return new Cell(
          id,
          group,
          label,
          work,
          size,
          acks,
          idempotent,
          compression,
          partitions,
          tls,
          keys,
          headers,
          futures,
          window,
          threads,
          virtual,
          rate,
          asShipped);
    }
  }
}
