package io.github.rdkafka.internal.natives;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.config.NativeConfig;
import io.github.rdkafka.internal.config.NativeProperty;
import io.github.rdkafka.internal.config.NativeProperty.Origin;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** Owner of an {@code rd_kafka_conf_t} until {@code rd_kafka_new} takes it. */
final class NativeConf implements AutoCloseable {
  private static final int ERROR_BYTES = 512;

  private static final String VERSION = "client.software.version";

  private final MemorySegment conf = rd_kafka_conf_new();
  private final Set<String> acceptedBare = new HashSet<>();
  private boolean taken;

  NativeConf(NativeConfig config) {
    LiveObjects.created();
    try {
      config.properties().forEach(this::set);
      set(new NativeProperty(VERSION, ClientVersion.full(), VERSION, Origin.TRANSLATED, false));
    } catch (Throwable failure) {
      close();
      throw failure;
    }
  }

  MemorySegment segment() {
    return conf;
  }

  /** The user's keys that are no key of Kafka's but, as it turned out, librdkafka's. */
  Set<String> acceptedBare() {
    return acceptedBare;
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
      if (result == RD_KAFKA_CONF_OK()) {
        if (property.origin() == Origin.BARE) {
          acceptedBare.add(property.kafkaKey());
        }
      } else if (result != RD_KAFKA_CONF_UNKNOWN() || !property.isIgnoredWhenUnknown()) {
        throw property.refused(error.getString(0));
      }
    }
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
