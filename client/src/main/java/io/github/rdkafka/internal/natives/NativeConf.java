package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.config.NativeConfig;
import io.github.rdkafka.internal.config.NativeProperty;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owner of an {@code rd_kafka_conf_t} until {@code rd_kafka_new} takes it. */
final class NativeConf implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NativeConf.class);
  private static final int ERROR_BYTES = 512;

  private final MemorySegment conf = rd_kafka_conf_new();
  private boolean taken;

  NativeConf(NativeConfig config) {
    LiveObjects.created();
    try {
      config.properties().forEach(this::set);
    } catch (Throwable failure) {
      close();
      throw failure;
    }
  }

  MemorySegment segment() {
    return conf;
  }

  /**
   * Makes the client; the configuration is the client's from then on, and ours again on failure.
   */
  MemorySegment newClient(int type) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(ERROR_BYTES);
      MemorySegment client = rd_kafka_new(type, conf, error, ERROR_BYTES);
      if (client.address() == 0) {
        throw new ConfigException(error.getString(0));
      }
      taken = true;
      LiveObjects.destroyed();
      return client;
    }
  }

  private void set(NativeProperty property) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(ERROR_BYTES);
      MemorySegment value = arena.allocateFrom(property.value());
      int result =
          rd_kafka_conf_set(conf, arena.allocateFrom(property.name()), value, error, ERROR_BYTES);
      if (property.secret()) {
        value.fill((byte) 0);
      }
      if (result != RD_KAFKA_CONF_OK()) {
        refuse(property, result == RD_KAFKA_CONF_UNKNOWN(), error.getString(0));
      }
    }
  }

  private static void refuse(NativeProperty property, boolean unknown, String reason) {
    if (unknown && property.origin() == NativeProperty.Origin.BARE) {
      LOG.info(
          "The configuration '{}' was supplied but is neither Kafka's nor librdkafka's",
          property.kafkaKey());
      return;
    }
    throw new ConfigException(
        property.kafkaKey(), property.secret() ? "[hidden]" : property.value(), reason);
  }

  @Override
  public void close() {
    if (!taken) {
      taken = true;
      rd_kafka_conf_destroy(conf);
      LiveObjects.destroyed();
    }
  }
}
