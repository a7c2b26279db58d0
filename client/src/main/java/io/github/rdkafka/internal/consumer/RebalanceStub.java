package io.github.rdkafka.internal.consumer;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.bindings.librdkafka.rd_kafka_conf_set_rebalance_cb$rebalance_cb;
import io.github.rdkafka.internal.natives.TopicPartitionList;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one upcall: writes down what librdkafka wants to rebalance and ends the wait it came out of.
 * The answer is given by {@link Rebalancer} when the downcall has returned.
 *
 * <p>librdkafka calls it on the thread that takes messages from the consumer's queue, so what it
 * writes needs no lock.
 */
final class RebalanceStub {
  private static final Logger LOG = LoggerFactory.getLogger(RebalanceStub.class);

  /** What has to be answered: an assignment, or a revocation. */
  record Event(boolean assign, List<TopicPartition> partitions) {}

  private final Queue<Event> events = new ArrayDeque<>();
  private MemorySegment consumerQueue = MemorySegment.NULL;

  void install(MemorySegment conf, Arena arena) {
    rd_kafka_conf_set_rebalance_cb(
        conf, rd_kafka_conf_set_rebalance_cb$rebalance_cb.allocate(this::onRebalance, arena));
  }

  void attach(MemorySegment queue) {
    consumerQueue = queue;
  }

  /** The oldest event that has not been answered, or null. */
  Event poll() {
    return events.poll();
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  // An exception that left this method would end the JVM.
  private void onRebalance(
      MemorySegment client, int code, MemorySegment partitions, MemorySegment opaque) {
    try {
      List<TopicPartition> copy =
          TopicPartitionList.read(partitions).stream()
              .map(TopicPartitionList.Element::partition)
              .toList();
      events.add(new Event(code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS(), copy));
      if (consumerQueue.address() != 0) {
        rd_kafka_queue_yield(consumerQueue);
      }
    } catch (Throwable failure) {
      try {
        LOG.error("Failed to record a rebalance", failure);
      } catch (Throwable ignored) {
        // not even logging may get out of here
      }
    }
  }
}
