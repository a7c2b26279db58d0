package io.github.rdkafka.dropin;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many clients the application has constructed since the JVM started, in all class loaders. A
 * measurement or a test under the agent proves nothing about librdkafka while these are zero.
 *
 * <p>Safe from any thread. The agent's classes are those of the system class loader.
 */
public final class Constructions {

  private static final AtomicLong PRODUCERS = new AtomicLong();
  private static final AtomicLong CONSUMERS = new AtomicLong();
  private static final AtomicLong ORIGINALS = new AtomicLong();

  private Constructions() {}

  /** {@return producers on librdkafka, closed ones included} */
  public static long producers() {
    return PRODUCERS.get();
  }

  /** {@return consumers on librdkafka, closed ones included} */
  public static long consumers() {
    return CONSUMERS.get();
  }

  /** {@return clients of replaced classes that are Kafka's own, because of their configuration} */
  public static long originals() {
    return ORIGINALS.get();
  }

  static void count(KafkaClass kafkaClass) {
    (kafkaClass == KafkaClass.PRODUCER ? PRODUCERS : CONSUMERS).incrementAndGet();
  }

  static void countOriginal() {
    ORIGINALS.incrementAndGet();
  }
}
