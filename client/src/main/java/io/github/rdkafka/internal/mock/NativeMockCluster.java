package io.github.rdkafka.internal.mock;

import static io.github.rdkafka.bindings.librdkafka.rdkafka_h.*;

import io.github.rdkafka.internal.Deadline;
import io.github.rdkafka.internal.config.NativeConfig;
import io.github.rdkafka.internal.config.NativeProperty;
import io.github.rdkafka.internal.natives.EventHandler;
import io.github.rdkafka.internal.natives.KafkaErrors;
import io.github.rdkafka.internal.natives.LiveObjects;
import io.github.rdkafka.internal.natives.Memory;
import io.github.rdkafka.internal.natives.NativeClient;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToIntBiFunction;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.protocol.Errors;

/** Owner of an {@code rd_kafka_mock_cluster_t} and of the client that librdkafka wants for it. */
public final class NativeMockCluster implements AutoCloseable {
  private static final long CLOSE_MILLIS = 10_000;
  private static final NativeConfig CONFIG =
      new NativeConfig(
          List.of(
              new NativeProperty(
                  "log.queue", "true", "log.queue", NativeProperty.Origin.TRANSLATED, false)));

  private final NativeClient client;
  private final MemorySegment cluster;

  public NativeMockCluster(int brokers) {
    // before the first constant is read, because its class cannot say what is missing
    NativeClient.loadLibrary();
    client =
        NativeClient.open(
            RD_KAFKA_PRODUCER(),
            CONFIG,
            0,
            NativeClient.Customizer.NONE,
            new EventHandler() {},
            "mock-cluster",
            "rdkafka-mock-cluster-events");
    cluster = rd_kafka_mock_cluster_new(client.segment(), brokers);
    if (cluster.address() == 0) {
      close();
      throw new KafkaException("librdkafka could not start a mock cluster of " + brokers);
    }
    LiveObjects.created();
    client.own(this::destroy);
  }

  public String bootstrapServers() {
    return call((arena, mock) -> Memory.string(rd_kafka_mock_cluster_bootstraps(mock)));
  }

  public void createTopic(String topic, int partitions, int replicationFactor) {
    check(
        (arena, mock) ->
            rd_kafka_mock_topic_create(
                mock, arena.allocateFrom(topic), partitions, replicationFactor));
  }

  public void setLeader(String topic, int partition, int broker) {
    check(
        (arena, mock) ->
            rd_kafka_mock_partition_set_leader(mock, arena.allocateFrom(topic), partition, broker));
  }

  public void setBroker(int broker, boolean up) {
    check(
        (arena, mock) ->
            up
                ? rd_kafka_mock_broker_set_up(mock, broker)
                : rd_kafka_mock_broker_set_down(mock, broker));
  }

  public void setRoundTripTime(int broker, int millis) {
    check((arena, mock) -> rd_kafka_mock_broker_set_rtt(mock, broker, millis));
  }

  /** librdkafka's code for a Kafka error; its own code for a broken connection. */
  public static int errorCode(short kafkaError) {
    return kafkaError == Errors.NETWORK_EXCEPTION.code()
        ? RD_KAFKA_RESP_ERR__TRANSPORT()
        : kafkaError;
  }

  public void pushErrors(short apiKey, int[] errors) {
    check(
        (arena, mock) -> {
          rd_kafka_mock_push_request_errors_array(
              mock, apiKey, errors.length, arena.allocateFrom(ValueLayout.JAVA_INT, errors));
          return 0;
        });
  }

  @Override
  public void close() {
    try {
      client.close(Deadline.afterMillis(CLOSE_MILLIS), 0);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private void destroy() {
    rd_kafka_mock_cluster_destroy(cluster);
    LiveObjects.destroyed();
  }

  private void check(ToIntBiFunction<Arena, MemorySegment> function) {
    KafkaErrors.check(call(function::applyAsInt));
  }

  private <T> T call(BiFunction<Arena, MemorySegment, T> function) {
    client.enterOrThrow();
    try (Arena arena = Arena.ofConfined()) {
      return function.apply(arena, cluster);
    } finally {
      client.exit();
    }
  }
}
