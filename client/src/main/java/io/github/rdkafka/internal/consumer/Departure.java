package io.github.rdkafka.internal.consumer;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * What becomes of the place in the group when a consumer is closed.
 *
 * @param ofKafkas closes a consumer of Kafka's within a time, with the same result; the code for
 *     that is where kafka-clients 4.0, which cannot say it, does not meet it
 */
public record Departure(Place place, BiConsumer<Consumer<?, ?>, Duration> ofKafkas) {
  public enum Place {
    /** Given up, unless the member is a static one. */
    DEFAULT,
    LEAVE,
    REMAIN
  }
}
