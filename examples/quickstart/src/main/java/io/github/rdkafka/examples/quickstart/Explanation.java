package io.github.rdkafka.examples.quickstart;

import java.util.Locale;

/** What the figures are, to be read below them. */
final class Explanation {
  private Explanation() {}

  static String of(Settings settings) {
    return String.format(
        Locale.ROOT,
        """
        Rounds: %d; the figures are the medians. In each round each client sent %,d records of %d
        bytes with a key and a header and read them back, over %d partitions of a fresh topic on one
        broker on this machine (%d processors). Every record of every round was verified: count,
        order, key, header, checksum.
        Both clients ran as shipped (acks=all, idempotent, linger.ms=5; batch.size is 1000000 in
        rdkafka-client and 16384 in kafka-clients)%s.
        Each had a JVM of its own with the same flags. Before the first round rdkafka-client's was
        started and warmed up with %,d records, not counted, then kafka-clients' with as many. Then
        they took turns, rdkafka-client first in round 1, kafka-clients in round 2, and so on; the
        JVM that was not measured had no producer or consumer open. Produce is from the first send
        to the last acknowledgement, consume from the partitions' assignment to the last record. CPU
        is that of the client's whole process: making and verifying the records, JIT, garbage
        collector, native threads.
        """,
        settings.rounds(),
        settings.records(),
        Workload.VALUE_SIZE,
        settings.partitions(),
        Runtime.getRuntime().availableProcessors(),
        moreConfig(settings),
        settings.warmup());
  }

  private static String moreConfig(Settings settings) {
    String more = "";
    if (!settings.producerConfig().isEmpty()) {
      more += ", with " + settings.producerConfig() + " for both producers";
    }
    if (!settings.consumerConfig().isEmpty()) {
      more += ", with " + settings.consumerConfig() + " for both consumers";
    }
    return more;
  }
}
