package io.github.rdkafka.internal.metadata;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.natives.LiveObjects;
import io.github.rdkafka.internal.natives.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Asks the cluster for metadata; the caller is inside the client's gate. */
public final class MetadataRequest {
  /**
   * Either an error code or a snapshot.
   *
   * @param error librdkafka's error code, 0 when there is a snapshot
   */
  public record Result(int error, MetadataSnapshot snapshot) {}

  private MetadataRequest() {}

  /** Asks for one topic, which the broker creates if it is configured to. */
  public static Result topic(MemorySegment client, MemorySegment topic, int timeoutMillis) {
    return request(client, 0, topic, timeoutMillis);
  }

  /** Asks for all topics of the cluster. */
  public static Result allTopics(MemorySegment client, int timeoutMillis) {
    return request(client, 1, MemorySegment.NULL, timeoutMillis);
  }

  private static Result request(MemorySegment client, int all, MemorySegment topic, int timeout) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
      int error = rd_kafka_metadata(client, all, topic, out, timeout);
      if (error != 0) {
        return new Result(error, null);
      }
      MemorySegment metadata = out.get(ValueLayout.ADDRESS, 0);
      LiveObjects.created();
      try {
        return new Result(0, MetadataReader.read(metadata.address()));
      } finally {
        rd_kafka_metadata_destroy(metadata);
        LiveObjects.destroyed();
      }
    }
  }

  /** The cluster's id, or null when it does not come in time. */
  public static String clusterId(MemorySegment client, int timeoutMillis) {
    MemorySegment id = rd_kafka_clusterid(client, timeoutMillis);
    if (id.address() == 0) {
      return null;
    }
    try {
      return Memory.string(id);
    } finally {
      rd_kafka_mem_free(client, id);
    }
  }
}
