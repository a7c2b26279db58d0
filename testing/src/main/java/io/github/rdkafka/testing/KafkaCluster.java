package io.github.rdkafka.testing;

import io.github.rdkafka.testing.Readiness.NotReadyException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

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

  private static final int ATTEMPTS = 3;
  private static final int TAIL_LINES = 40;
  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(20);

  private final ClusterSpec spec;
  private final String clusterId;
  private final BrokerProperties properties;
  private final ClusterFolder folder;
  private final Watchdog watchdog;
  private final Map<Integer, BrokerProcess> brokers;

  private Admin admin;
  private boolean keepLogs;
  private boolean closed;

  private KafkaCluster(
      ClusterSpec spec,
      String clusterId,
      BrokerProperties properties,
      ClusterFolder folder,
      Watchdog watchdog,
      Map<Integer, BrokerProcess> brokers) {
    this.spec = spec;
    this.clusterId = clusterId;
    this.properties = properties;
    this.folder = folder;
    this.watchdog = watchdog;
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
    for (int attempt = 1; ; attempt++) {
      KafkaCluster cluster = create(spec, freePorts);
      try {
        cluster.startBrokers(cluster.brokers.values());
        return cluster;
      } catch (KafkaClusterException e) {
        boolean again = attempt < ATTEMPTS && cluster.lostPort();
        cluster.keepLogs |= !again;
        cluster.closeAfter(e);
        if (!again) {
          throw e;
        }
      } catch (RuntimeException | Error e) {
        cluster.closeAfter(e);
        throw e;
      }
    }
  }

  private static KafkaCluster create(ClusterSpec spec, IntFunction<List<Integer>> freePorts) {
    String clusterId = Uuid.randomUuid().toString();
    BrokerProperties properties =
        new BrokerProperties(spec, freePorts.apply(BrokerProperties.portsOf(spec)));
    try {
      ClusterFolder folder = ClusterFolder.create(spec.logDirectory());
      Watchdog watchdog = Watchdog.over(folder.root());
      try {
        BrokerCommand command = new BrokerCommand(spec, clusterId, folder);
        Map<Integer, BrokerProcess> brokers = new HashMap<>();
        for (int id = 1; id <= spec.brokers(); id++) {
          Path file = folder.write(id, properties.of(id, folder.data(id)));
          brokers.put(id, new BrokerProcess(id, command.of(id, file), folder.log(id), watchdog));
        }
        return new KafkaCluster(spec, clusterId, properties, folder, watchdog, brokers);
      } catch (IOException | RuntimeException | Error e) {
        if (watchdog != null) {
          watchdog.close();
        }
        throw e;
      }
    } catch (IOException e) {
      throw new KafkaClusterException("cannot prepare the cluster's folder", e);
    }
  }

  private boolean lostPort() {
    return brokers.values().stream()
        .flatMap(broker -> broker.tail(TAIL_LINES).stream())
        .anyMatch(line -> line.contains("Address already in use"));
  }

  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** The cluster's id, as {@code Admin.describeCluster} gives it. */
  public String clusterId() {
    return clusterId;
  }

  /** The number of brokers, running or not; their ids are 1 to this number. */
  public int size() {
    return brokers.size();
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
    for (int id = 1; id <= brokers.size(); id++) {
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
    String name = listener.toUpperCase(Locale.ROOT);
    if (!properties.names().contains(name)) {
      throw new IllegalArgumentException(
          "no listener " + listener + " among " + properties.names());
    }
    return properties.port(broker(brokerId).id(), name);
  }

  /**
   * A client for administration, made on first use and closed with the cluster; it is not for the
   * caller to close.
   *
   * @throws IllegalStateException if the cluster is closed
   */
  public synchronized Admin admin() {
    requireOpen();
    if (admin == null) {
      admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrapServers(),
                  AdminClientConfig.CLIENT_ID_CONFIG,
                  "kafka-cluster-admin-" + clusterId));
    }
    return admin;
  }

  /** Creates a topic with as many replicas as there are brokers, see the longer method. */
  public void createTopic(String name, int partitions) {
    createTopic(name, partitions, brokers.size());
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
    long deadline = deadline();
    get(() -> admin().createTopics(List.of(topic)).all().get(left(deadline), TimeUnit.NANOSECONDS));
    while (!hasLeaders(name, partitions)) {
      if (left(deadline) <= 0) {
        throw failure("topic " + name + " has no leaders in time", brokers.values(), null);
      }
      get(
          () -> {
            Thread.sleep(10);
            return null;
          });
    }
  }

  private boolean hasLeaders(String topic, int partitions) {
    try {
      TopicDescription description =
          get(
              () ->
                  admin()
                      .describeTopics(List.of(topic))
                      .allTopicNames()
                      .get(spec.timeout().toNanos(), TimeUnit.NANOSECONDS)
                      .get(topic));
      return description.partitions().size() == partitions
          && description.partitions().stream()
              .allMatch(p -> Optional.ofNullable(p.leader()).filter(l -> !l.isEmpty()).isPresent());
    } catch (UnknownTopicOrPartitionException e) {
      return false;
    }
  }

  /** Whether the broker's process is there; true for a paused one. */
  public boolean isRunning(int brokerId) {
    return broker(brokerId).isRunning();
  }

  /** For what only a test of the fixture does to a broker. */
  long pid(int brokerId) {
    return broker(brokerId).process().pid();
  }

  Path folder() {
    return folder.root();
  }

  /** The file that has what the broker logged, in all of its runs. It may end with the cluster. */
  public Path log(int brokerId) {
    return broker(brokerId).log();
  }

  /**
   * Starts brokers, on the ports and with the data they had, and waits until they serve; those that
   * are running are stopped first, see {@link #stop}. When most of the brokers are down, name
   * enough of them at once: a minority alone cannot get ready.
   */
  public void restart(int... brokerIds) {
    stop(brokerIds);
    startBrokers(brokers(brokerIds));
  }

  /**
   * Shuts brokers down in order, one after the other: each hands its partitions over and leaves the
   * cluster. One that cannot, since too few others are running, or has not after 20 seconds, is
   * killed. No effect on those that are down.
   */
  public void stop(int... brokerIds) {
    for (BrokerProcess broker : brokers(brokerIds)) {
      if (hasQuorum()) {
        broker.terminate();
        if (awaitEnd(broker, SHUTDOWN_GRACE)) {
          continue;
        }
      }
      broker.kill();
      awaitEndAfterKill(broker);
    }
  }

  private boolean hasQuorum() {
    long voters = brokers.values().stream().filter(BrokerProcess::isRunning).count();
    return voters * 2 > brokers.size();
  }

  /**
   * Kills brokers (SIGKILL) and waits until their processes are gone. The rest of the cluster finds
   * out when their session expires, {@code broker.session.timeout.ms}, 3 seconds by default here.
   * No effect on those that are down.
   */
  public void kill(int... brokerIds) {
    List<BrokerProcess> victims = brokers(brokerIds);
    victims.forEach(BrokerProcess::kill);
    victims.forEach(this::awaitEndAfterKill);
  }

  /**
   * Stops a broker in its tracks (SIGSTOP): its connections stay open and it answers nothing.
   *
   * @throws IllegalStateException if it is not running
   * @throws UnsupportedOperationException on Windows
   */
  public void pause(int brokerId) {
    broker(brokerId).pause();
  }

  /**
   * Lets a paused broker go on (SIGCONT).
   *
   * @throws IllegalStateException if it is not running
   * @throws UnsupportedOperationException on Windows
   */
  public void resume(int brokerId) {
    broker(brokerId).resume();
  }

  /**
   * Kills all brokers and deletes their data. Logs remain if they have a folder of their own, see
   * {@link KafkaClusterBuilder#logDirectory}, or after a {@link KafkaClusterException}, whose
   * message names the place. May be called again.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    brokers.values().forEach(BrokerProcess::close);
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
    try {
      brokers.values().forEach(this::awaitEndAfterKill);
    } finally {
      deleteFolder();
    }
  }

  private void deleteFolder() {
    try {
      folder.delete(keepLogs);
    } catch (IOException e) {
      throw new KafkaClusterException("cannot delete " + folder.root(), e);
    } finally {
      if (watchdog != null) {
        watchdog.close();
      }
    }
  }

  /** Has {@link #close} leave the logs, and says where. */
  private synchronized Path keepLogs() {
    keepLogs = true;
    return folder.keptLogs();
  }

  /** The ends of all brokers' logs, for the report of a failure. */
  KafkaClusterException logs() {
    return failure("the brokers' logs", brokers.values(), null);
  }

  /** Brings back what a test left killed or paused. */
  void startMissing() {
    List<BrokerProcess> missing = new ArrayList<>();
    for (BrokerProcess broker : brokers.values()) {
      if (broker.isPaused()) {
        broker.resume();
      } else if (!broker.isRunning()) {
        missing.add(broker);
      }
    }
    startBrokers(missing);
  }

  private void startBrokers(Collection<BrokerProcess> starting) {
    requireOpen();
    try {
      for (BrokerProcess broker : starting) {
        broker.launch();
      }
      new Readiness(clusterId, starting, properties, spec.timeout()).await();
    } catch (IOException e) {
      throw failure("cannot start a broker", List.of(), e);
    } catch (NotReadyException e) {
      throw failure(e.getMessage(), e.culprits(), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaClusterException("interrupted", e);
    }
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the cluster is closed");
    }
  }

  private BrokerProcess broker(int id) {
    BrokerProcess broker = brokers.get(id);
    if (broker == null) {
      throw new IllegalArgumentException("no broker " + id + " among " + brokers.keySet());
    }
    return broker;
  }

  private List<BrokerProcess> brokers(int... ids) {
    List<BrokerProcess> all = new ArrayList<>();
    for (int id : ids) {
      all.add(broker(id));
    }
    return all;
  }

  private void awaitEndAfterKill(BrokerProcess broker) {
    if (!awaitEnd(broker, spec.timeout())) {
      throw new KafkaClusterException("broker " + broker.id() + " survived being killed");
    }
  }

  private static boolean awaitEnd(BrokerProcess broker, Duration limit) {
    Process process = broker.process();
    try {
      return process == null || process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaClusterException("interrupted", e);
    }
  }

  private KafkaClusterException failure(
      String what, Collection<BrokerProcess> whose, Throwable cause) {
    StringBuilder message = new StringBuilder(what);
    for (BrokerProcess broker : whose) {
      message
          .append("\n--- the last lines of ")
          .append(keepLogs().resolve(broker.log().getFileName()))
          .append(":\n")
          .append(String.join("\n", broker.tail(TAIL_LINES)));
    }
    return new KafkaClusterException(message.toString(), cause);
  }

  private long deadline() {
    return System.nanoTime() + spec.timeout().toNanos();
  }

  private static long left(long deadline) {
    return deadline - System.nanoTime();
  }

  private interface Waiting<T> {
    T get() throws InterruptedException, ExecutionException, TimeoutException;
  }

  private <T> T get(Waiting<T> waiting) {
    try {
      return waiting.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaClusterException("interrupted", e);
    } catch (TimeoutException e) {
      throw failure("no answer in time", brokers.values(), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException answer) {
        throw answer;
      }
      throw new KafkaClusterException("the request failed", e.getCause());
    }
  }
}
