package io.github.rdkafka.internal.producer;

/** A few free slots of a {@link PendingSends}, for one thread at a time. */
final class SlotCache {
  static final int CAPACITY = 64;

  final int[] slots = new int[CAPACITY];
  int count;
}
