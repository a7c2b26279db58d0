package io.github.rdkafka;

import io.github.rdkafka.internal.mock.NativeMockCluster;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * librdkafka's mock cluster: brokers inside this process, on loopback ports, that speak enough of
 * Kafka's protocol to produce and consume. They start in milliseconds and fail on demand, but they
 * are no Kafka: what must be proved is proved against real brokers.
 *
 * <p>They understand librdkafka's requests; Kafka's Java clients ask for versions that they do not
 * have. Brokers are numbered from 1. Safe for use by several threads; every method but {@link
 * #close} throws {@link IllegalStateException} after the cluster was closed.
 */
public final class MockCluster implements AutoCloseable {
  private final NativeMockCluster cluster;

  private MockCluster(NativeMockCluster cluster) {
    this.cluster = cluster;
  }

  /** Starts {@code brokers} brokers, at least 1. */
  public static MockCluster start(int brokers) {
    if (brokers < 1) {
      throw new IllegalArgumentException("A cluster has at least one broker, not " + brokers);
    }
    return new MockCluster(new NativeMockCluster(brokers));
  }

  /** The brokers' addresses, as for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  /** Creates a topic; one that a client asks for is created anyway, with four partitions. */
  public void createTopic(String topic, int partitions, int replicationFactor) {
    cluster.createTopic(topic, partitions, replicationFactor);
  }

  /** Makes {@code broker} the leader of a partition; -1 leaves it without one. */
  public void setLeader(String topic, int partition, int broker) {
    cluster.setLeader(topic, partition, broker);
  }

  /** Closes a broker's connections and refuses new ones. */
  public void stopBroker(int broker) {
    cluster.setBroker(broker, false);
  }

  /** Lets a stopped broker take connections again. */
  public void startBroker(int broker) {
    cluster.setBroker(broker, true);
  }

  /** Delays the answers of a broker. */
  public void setRoundTripTime(int broker, Duration time) {
    cluster.setRoundTripTime(broker, Math.toIntExact(time.toMillis()));
  }

  /**
   * Lets the next requests of one kind fail, one per error, whichever broker gets them. {@link
   * Errors#NONE} lets a request through; {@link Errors#NETWORK_EXCEPTION} stands for a connection
   * that breaks.
   */
  public void failRequests(ApiKeys request, Errors... errors) {
    int[] codes =
        Stream.of(errors).mapToInt(error -> NativeMockCluster.errorCode(error.code())).toArray();
    cluster.pushErrors(request.id, codes);
  }

  /** Stops the brokers and frees them. */
  @Override
  public void close() {
    cluster.close();
  }
}
