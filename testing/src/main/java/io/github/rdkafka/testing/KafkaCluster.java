package io.github.rdkafka.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A Kafka cluster for tests: one to three real brokers in KRaft mode, each a process of its own on
 * this machine, which can be killed, paused and restarted.
 *
 * <pre>{@code
 * try (KafkaCluster kafka = KafkaCluster.start()) {
 *   kafka.createTopic("orders", 3);
 *   props.put("bootstrap.servers", kafka.bootstrapServers());
 *   ...
 * }
 * }</pre>
 *
 * <p>The brokers use the JVM that runs the test, listen on the loopback address, keep their data in
 * the temporary folder, and end with {@link #close} or with the test's JVM, even if that is killed
 * or a broker is paused. All methods may be called from any thread. Methods that wait throw {@link
 * KafkaClusterException} when a broker is not ready in time and when the thread is interrupted
 * (which stays interrupted).
 */
public final class KafkaCluster implements AutoCloseable {

  private final ClusterSpec spec;
  private final Brokers brokers;

  private Admin admin;
  private boolean closed;

  private KafkaCluster(ClusterSpec spec, Brokers brokers) {
    this.spec = spec;
    this.brokers = brokers;
  }

  /**
   * Starts one broker with the defaults and waits until it serves.
   *
   * @throws KafkaClusterException if it does not within 60 seconds; nothing is left running then
   */
  public static KafkaCluster start() {
    return builder().start();
  }

  /**
   * Starts 1 to 3 brokers with the defaults and waits until all serve.
   *
   * @throws KafkaClusterException if they do not within 60 seconds; nothing is left running then
   */
  public static KafkaCluster start(int brokers) {
    return builder().brokers(brokers).start();
  }

  /** A description to be completed, of one broker with the defaults. */
  public static KafkaClusterBuilder builder() {
    return new KafkaClusterBuilder();
  }

  static KafkaCluster start(ClusterSpec spec) {
    return start(spec, Ports::free);
  }

  static KafkaCluster start(ClusterSpec spec, IntFunction<List<Integer>> freePorts) {
    return new KafkaCluster(spec, Brokers.start(spec, freePorts));
  }

  /** The cluster's id, as {@code Admin.describeCluster} gives it. */
  public String clusterId() {
    return brokers.clusterId();
  }

  /** The number of brokers, running or not; their ids are 1 to this number. */
  public int size() {
    return spec.brokers();
  }

  /**
   * The {@code bootstrap.servers} of the listener without security, all brokers, running or not.
   */
  public String bootstrapServers() {
    return bootstrapServers(ClusterSpec.PLAINTEXT);
  }

  /**
   * The {@code bootstrap.servers} of a listener, all brokers, running or not.
   *
   * @throws IllegalArgumentException if there is no such listener
   */
  public String bootstrapServers(String listener) {
    List<String> servers = new ArrayList<>();
    for (int id = 1; id <= spec.brokers(); id++) {
      servers.add(spec.host() + ":" + port(id, listener));
    }
    return String.join(",", servers);
  }

  /**
   * The port of a broker's listener; it stays the same when the broker is restarted.
   *
   * @throws IllegalArgumentException if there is no such broker or listener
   */
  public int port(int brokerId, String listener) {
    return brokers.properties().port(brokers.get(brokerId).id(), listener);
  }

  /**
   * A client for administration, made on first use and closed with the cluster; it is not for the
   * caller to close.
   *
   * @throws IllegalStateException if the cluster is closed
   */
  public synchronized Admin admin() {
    if (closed) {
      throw new IllegalStateException("the cluster is closed");
    }
    if (admin == null) {
      admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrapServers(),
                  AdminClientConfig.CLIENT_ID_CONFIG,
                  "kafka-cluster-admin-" + clusterId()));
    }
    return admin;
  }

  /** Creates a topic with as many replicas as there are brokers, see the longer method. */
  public void createTopic(String name, int partitions) {
    createTopic(name, partitions, spec.brokers());
  }

  /** Creates a topic, see the longer method. */
  public void createTopic(String name, int partitions, int replicas) {
    createTopic(name, partitions, replicas, Map.of());
  }

  /**
   * Creates a topic and waits until each of its partitions has a leader.
   *
   * @param configs the topic's configuration, by Kafka's names
   * @throws org.apache.kafka.common.KafkaException what the broker answered, for example {@link
   *     org.apache.kafka.common.errors.TopicExistsException}
   */
  public void createTopic(String name, int partitions, int replicas, Map<String, String> configs) {
    NewTopic topic = new NewTopic(name, partitions, (short) replicas).configs(configs);
    try {
      new Topics(admin(), spec.timeout()).create(topic);
    } catch (TimeoutException e) {
      throw brokers.failure("topic " + name + " cannot be used in time", e);
    }
  }

  /** Whether the broker's process is there; true for a paused one. */
  public boolean isRunning(int brokerId) {
    return brokers.get(brokerId).isRunning();
  }

  /** For what only a test of the fixture does to a broker. */
  long pid(int brokerId) {
    return brokers.get(brokerId).process().pid();
  }

  Path folder() {
    return brokers.folder();
  }

  /** The file that has what the broker logged, in all of its runs. It may end with the cluster. */
  public Path log(int brokerId) {
    return brokers.get(brokerId).log();
  }

  /**
   * Starts brokers, on the ports and with the data they had, and waits until they serve; those that
   * are running are stopped first, see {@link #stop}. When most of the brokers are down, name
   * enough of them at once: a minority alone cannot get ready.
   */
  public void restart(int... brokerIds) {
    brokers.restart(brokerIds);
  }

  /**
   * Shuts brokers down in order, one after the other: each hands its partitions over and leaves the
   * cluster. One that cannot, since too few others are running, or has not after 20 seconds, is
   * killed. No effect on those that are down.
   */
  public void stop(int... brokerIds) {
    brokers.stop(brokerIds);
  }

  /**
   * Kills brokers (SIGKILL) and waits until their processes are gone. The rest of the cluster finds
   * out when their session expires, {@code broker.session.timeout.ms}, 3 seconds by default here.
   * No effect on those that are down.
   */
  public void kill(int... brokerIds) {
    brokers.kill(brokerIds);
  }

  /**
   * Stops a broker in its tracks (SIGSTOP): its connections stay open and it answers nothing.
   *
   * @throws IllegalStateException if it is not running
   * @throws UnsupportedOperationException on Windows
   */
  public void pause(int brokerId) {
    brokers.get(brokerId).pause();
  }

  /**
   * Lets a paused broker go on (SIGCONT).
   *
   * @throws IllegalStateException if it is not running
   * @throws UnsupportedOperationException on Windows
   */
  public void resume(int brokerId) {
    brokers.get(brokerId).resume();
  }

  /**
   * Kills all brokers and deletes their data. Logs remain if they have a folder of their own, see
   * {@link KafkaClusterBuilder#logDirectory}, or after a {@link KafkaClusterException}, whose
   * message names the place. May be called again.
   */
  @Override
  public void close() {
    closeAdmin();
    brokers.close();
  }

  private synchronized void closeAdmin() {
    closed = true;
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }

  /** The ends of all brokers' logs, for the report of a failure. */
  KafkaClusterException logs() {
    return brokers.failure("the brokers' logs", null);
  }

  void startMissing() {
    brokers.startMissing();
  }
}
