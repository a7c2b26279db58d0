package io.github.rdkafka.internal.config;

import static org.apache.kafka.clients.consumer.ConsumerConfig.FETCH_MAX_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.FETCH_MIN_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG;

import org.apache.kafka.common.config.AbstractConfig;

/** What a consumer fetches, and when. */
final class FetchTranslation {
  private static final int LARGEST_FETCH = Integer.MAX_VALUE - 512;

  /**
   * Of a fetch, unless the user says otherwise. A response of Kafka's 50 MiB is out of the
   * processor's caches long before it is consumed, and takes memory that is mapped anew for each.
   */
  private static final int FETCH_BYTES = 4 * 1024 * 1024;

  private FetchTranslation() {}

  static void apply(Translation to) {
    AbstractConfig config = to.config();
    int socketTimeout = RequestTimeout.socketTimeoutMs(to);
    to.set(RequestTimeout.SOCKET_TIMEOUT, socketTimeout, REQUEST_TIMEOUT_MS_CONFIG);
    to.set("fetch.wait.max.ms", maxWait(to, socketTimeout), FETCH_MAX_WAIT_MS_CONFIG);
    to.set(
        "fetch.min.bytes",
        to.clamp(FETCH_MIN_BYTES_CONFIG, config.getInt(FETCH_MIN_BYTES_CONFIG), 1, 100_000_000),
        FETCH_MIN_BYTES_CONFIG);
    int maxBytes = maxBytes(to);
    to.set("fetch.max.bytes", maxBytes, FETCH_MAX_BYTES_CONFIG);
    to.set("message.max.bytes", Math.min(1_000_000, maxBytes), FETCH_MAX_BYTES_CONFIG);
    to.set(
        "max.partition.fetch.bytes",
        to.clamp(
            MAX_PARTITION_FETCH_BYTES_CONFIG,
            config.getInt(MAX_PARTITION_FETCH_BYTES_CONFIG),
            1,
            1_000_000_000),
        MAX_PARTITION_FETCH_BYTES_CONFIG);
    // How long a partition rests when the queue is full: a second starves, 0 spins.
    to.preset("fetch.queue.backoff.ms", 5);
    to.presetIfThere("consume.message.sets", true);
  }

  /** Never less than what one partition may bring. */
  private static int maxBytes(Translation to) {
    int kafkas = to.config().getInt(FETCH_MAX_BYTES_CONFIG);
    if (to.isSetByUser(FETCH_MAX_BYTES_CONFIG)) {
      return to.clamp(FETCH_MAX_BYTES_CONFIG, kafkas, 1000, LARGEST_FETCH);
    }
    return Math.clamp(to.config().getInt(MAX_PARTITION_FETCH_BYTES_CONFIG), FETCH_BYTES, kafkas);
  }

  /** Other requests wait behind a fetch, so a second of their time must remain for them. */
  private static int maxWait(Translation to, int socketTimeout) {
    int most = Math.min(300_000, Math.max(socketTimeout - 1000, socketTimeout / 2));
    return to.clamp(
        FETCH_MAX_WAIT_MS_CONFIG, to.config().getInt(FETCH_MAX_WAIT_MS_CONFIG), 0, most);
  }
}
