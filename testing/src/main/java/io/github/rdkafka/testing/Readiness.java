package io.github.rdkafka.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.Node;

/**
 * Waits until brokers serve. A broker opens its listeners only after the controller has let it into
 * the cluster, so one that answers is ready.
 */
final class Readiness {

  private static final int POLL_MS = 25;

  private final String clusterId;
  private final Collection<BrokerProcess> brokers;
  private final BrokerProperties properties;
  private final Duration timeout;
  private final long deadline;

  Readiness(
      String clusterId,
      Collection<BrokerProcess> brokers,
      BrokerProperties properties,
      Duration timeout) {
    this.clusterId = clusterId;
    this.brokers = brokers;
    this.properties = properties;
    this.timeout = timeout;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /** Why brokers did not get ready, and which. */
  static final class NotReadyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<BrokerProcess> culprits;

    NotReadyException(String message, Collection<BrokerProcess> culprits) {
      super(message);
      this.culprits = List.copyOf(culprits);
    }

    List<BrokerProcess> culprits() {
      return culprits;
    }
  }

  void await() throws NotReadyException, InterruptedException {
    for (BrokerProcess broker : brokers) {
      while (!accepts(broker)) {
        pause("broker " + broker.id() + " accepts no connection", List.of(broker));
      }
    }
    Set<Integer> expected = new TreeSet<>();
    brokers.forEach(broker -> expected.add(broker.id()));
    for (BrokerProcess broker : brokers) {
      awaitSeen(broker, expected);
    }
  }

  private boolean accepts(BrokerProcess broker) {
    try (Socket socket = new Socket()) {
      int port = properties.port(broker.id(), ClusterSpec.PLAINTEXT);
      socket.connect(new InetSocketAddress(Ports.LOOPBACK, port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void awaitSeen(BrokerProcess broker, Set<Integer> expected)
      throws NotReadyException, InterruptedException {
    String address =
        Ports.LOOPBACK.getHostAddress() + ":" + properties.port(broker.id(), ClusterSpec.PLAINTEXT);
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            address,
            AdminClientConfig.CLIENT_ID_CONFIG,
            "kafka-cluster-readiness-" + clusterId + "-" + broker.id());
    Admin admin = Admin.create(config);
    try {
      Set<Integer> seen = Set.of();
      String trouble = "";
      while (!seen.containsAll(expected)) {
        pause("broker " + broker.id() + " sees the brokers " + seen + trouble, brokers);
        try {
          DescribeClusterResult cluster = admin.describeCluster();
          String id = cluster.clusterId().get(1, TimeUnit.SECONDS);
          if (!clusterId.equals(id)) {
            throw new NotReadyException(
                address + " is a broker of another cluster: " + id, List.of(broker));
          }
          seen = new HashSet<>();
          for (Node node : cluster.nodes().get(1, TimeUnit.SECONDS)) {
            seen.add(node.id());
          }
        } catch (TimeoutException e) {
          trouble = ", it did not answer in time";
        } catch (ExecutionException e) {
          trouble = ", " + e.getCause();
        }
      }
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private void pause(String state, Collection<BrokerProcess> notReady)
      throws NotReadyException, InterruptedException {
    for (BrokerProcess broker : brokers) {
      if (!broker.isRunning()) {
        throw new NotReadyException(
            "broker " + broker.id() + " ended, status " + broker.process().exitValue(),
            List.of(broker));
      }
    }
    if (System.nanoTime() - deadline > 0) {
      throw new NotReadyException("not ready within " + timeout + ": " + state, notReady);
    }
    Thread.sleep(POLL_MS);
  }
}
