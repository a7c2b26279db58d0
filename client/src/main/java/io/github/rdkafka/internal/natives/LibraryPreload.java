package io.github.rdkafka.internal.natives;

import io.github.rdkafka.bindings.CriticalCalls;
import io.github.rdkafka.bindings.NativeLibrary;
import io.github.rdkafka.bindings.librdkafka.rd_kafka_message_s;
import io.github.rdkafka.bindings.librdkafka.rdkafka_h;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads the native library, and links the functions that a client needs first, while the first
 * client reads its configuration. Both take some hundred milliseconds in a JVM that has compiled
 * nothing yet.
 *
 * <p>What keeps the library from loading is thrown to those who need it, not here.
 */
public final class LibraryPreload {
  private static final AtomicBoolean BEGUN_FOR_PRODUCER = new AtomicBoolean();
  private static final AtomicBoolean BEGUN_FOR_CONSUMER = new AtomicBoolean();

  private LibraryPreload() {}

  /** Returns at once; later calls do nothing. */
  public static void beginForProducer() {
    begin(BEGUN_FOR_PRODUCER, LibraryPreload::linkForProducer);
  }

  /** Returns at once; later calls do nothing. */
  public static void beginForConsumer() {
    begin(BEGUN_FOR_CONSUMER, LibraryPreload::linkForConsumer);
  }

  private static void begin(AtomicBoolean begun, Runnable link) {
    if (begun.get() || !begun.compareAndSet(false, true)) {
      return;
    }
    try {
      // Not a daemon: a JVM that ends in the middle would leave the extracted library behind.
      Thread.ofPlatform().daemon(false).name("rdkafka-load").start(() -> load(link));
    } catch (Throwable noThread) {
      // then everything happens when it is needed
    }
  }

  private static void load(Runnable link) {
    try {
      NativeClient.loadLibrary();
      link.run();
    } catch (Throwable failure) {
      // NativeClient.loadLibrary() tells it again
    }
  }

  private static void linkForProducer() {
    linkForClient();
    rdkafka_h.rd_kafka_mem_malloc$handle();
    rdkafka_h.rd_kafka_topic_new$handle();
    linkMetadata();
    if (NativeLibrary.load().has("rd_kafka_produce_packed")) {
      rdkafka_h.rd_kafka_produce_packed$handle();
    }
    rd_kafka_message_s.layout();
    rdkafka_h.rd_kafka_event_message_count$handle();
    rdkafka_h.rd_kafka_event_message_array$handle();
  }

  private static void linkForConsumer() {
    linkForClient();
    rdkafka_h.rd_kafka_queue_get_consumer$handle();
    rdkafka_h.rd_kafka_topic_partition_list_new$handle();
    rdkafka_h.rd_kafka_topic_partition_list_add$handle();
    rd_kafka_message_s.layout();
    rdkafka_h.rd_kafka_consume_batch_queue$handle();
    rdkafka_h.rd_kafka_messages_destroy$handle();
    rdkafka_h.rd_kafka_incremental_assign$handle();
  }

  /** These and the others in the order in which they are called. */
  private static void linkForClient() {
    rdkafka_h.rd_kafka_conf_new$handle();
    rdkafka_h.rd_kafka_conf_set$handle();
    rdkafka_h.rd_kafka_version_str$handle();
    rdkafka_h.rd_kafka_conf_set_events$handle();
    rdkafka_h.rd_kafka_new$handle();
    rdkafka_h.rd_kafka_set_log_queue$handle();
    rdkafka_h.rd_kafka_queue_get_main$handle();
    rdkafka_h.rd_kafka_queue_poll$handle();
    // links all of its class
    CriticalCalls.rd_kafka_err2name(0);
    rdkafka_h.rd_kafka_event_destroy$handle();
  }

  private static void linkMetadata() {
    rdkafka_h.rd_kafka_metadata$handle();
    rdkafka_h.rd_kafka_metadata_destroy$handle();
    rdkafka_h.rd_kafka_clusterid$handle();
    rdkafka_h.rd_kafka_mem_free$handle();
  }
}
