package io.github.rdkafka.testing;

import io.github.rdkafka.testing.ClusterSpec.Listener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * Describes a {@link KafkaCluster}. Not for use by several threads at once; one builder can start
 * several clusters.
 */
public final class KafkaClusterBuilder {

  static final String LOG_DIRECTORY_PROPERTY = "rdkafka.testing.log.dir";

  private static final int MOST_BROKERS = 3;

  /** They follow from the number of brokers, the listeners and the folder. */
  private static final Set<String> OURS =
      Set.of(
          "process.roles",
          "node.id",
          "broker.id",
          "controller.quorum.voters",
          "controller.quorum.bootstrap.servers",
          "controller.listener.names",
          "listeners",
          "advertised.listeners",
          "listener.security.protocol.map",
          "log.dir",
          "log.dirs",
          "metadata.log.dir");

  private int brokers = 1;
  private String host = "127.0.0.1";
  private final List<Listener> listeners = new ArrayList<>();
  private final Map<String, String> properties = new HashMap<>();
  private final Map<Integer, Map<String, String>> brokerProperties = new HashMap<>();
  private final List<String> jvmArgs = new ArrayList<>();
  private Duration timeout = Duration.ofSeconds(60);
  private Path logDirectory;

  KafkaClusterBuilder() {
    String given = System.getProperty(LOG_DIRECTORY_PROPERTY, "").strip();
    if (!given.isEmpty()) {
      logDirectory = Path.of(given);
    }
  }

  /**
   * The number of brokers, 1 to 3; 1 if not given. Their ids are 1, 2, 3; each is a controller too.
   *
   * @throws IllegalArgumentException if the number is another
   */
  public KafkaClusterBuilder brokers(int count) {
    if (count < 1 || count > MOST_BROKERS) {
      throw new IllegalArgumentException("a cluster has 1 to 3 brokers, not " + count);
    }
    brokers = count;
    return this;
  }

  /**
   * A property of every broker, by Kafka's name. It takes precedence over the fixture's defaults.
   *
   * @throws IllegalArgumentException if the fixture itself decides the property, as it does for
   *     node ids, listeners and folders
   */
  public KafkaClusterBuilder property(String key, Object value) {
    properties.put(allowed(key), value(value));
    return this;
  }

  /** Several properties of every broker, see {@link #property}. */
  public KafkaClusterBuilder properties(Map<String, ?> all) {
    all.forEach(this::property);
    return this;
  }

  /** A property of one broker; it takes precedence over {@link #property}. */
  public KafkaClusterBuilder brokerProperty(int brokerId, String key, Object value) {
    brokerProperties
        .computeIfAbsent(brokerId, id -> new HashMap<>())
        .put(allowed(key), value(value));
    return this;
  }

  private static String value(Object value) {
    return Objects.requireNonNull(value, "value").toString();
  }

  private static String allowed(String key) {
    Objects.requireNonNull(key, "key");
    if (OURS.contains(key)) {
      throw new IllegalArgumentException(
          key + " is decided by the fixture; see brokers(), listener() and host()");
    }
    return key;
  }

  /** One more listener with its own port, see {@link #listener(String, SecurityProtocol, Map)}. */
  public KafkaClusterBuilder listener(String name, SecurityProtocol protocol) {
    return listener(name, protocol, Map.of());
  }

  /**
   * One more listener with its own port, beside {@code PLAINTEXT}, which every cluster has.
   *
   * @param name for {@link KafkaCluster#bootstrapServers(String)}, for example {@code SASL_SSL}
   * @param settings properties of this listener alone, without the prefix {@code
   *     listener.name.<name>.}, for example {@code ssl.keystore.location} or {@code
   *     plain.sasl.jaas.config}
   * @throws IllegalArgumentException if the name is taken or no listener's name
   */
  public KafkaClusterBuilder listener(
      String name, SecurityProtocol protocol, Map<String, ?> settings) {
    if (!name.matches("[A-Za-z][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("not a listener's name: '" + name + "'");
    }
    String upper = name.toUpperCase(Locale.ROOT);
    boolean taken =
        upper.equals(ClusterSpec.PLAINTEXT)
            || upper.equals(ClusterSpec.CONTROLLER)
            || listeners.stream().anyMatch(l -> l.name().equals(upper));
    if (taken) {
      throw new IllegalArgumentException("there is a listener " + upper + " already");
    }
    Map<String, String> own = new HashMap<>();
    settings.forEach((key, value) -> own.put(key, value(value)));
    listeners.add(new Listener(upper, Objects.requireNonNull(protocol, "protocol"), own));
    return this;
  }

  /**
   * The name under which clients are told to find the brokers; {@code 127.0.0.1} if not given. It
   * must lead to this machine's IPv4 loopback address, where the brokers listen: {@code localhost}
   * for certificates that were issued to it.
   */
  public KafkaClusterBuilder host(String name) {
    host = Objects.requireNonNull(name, "name");
    return this;
  }

  /**
   * More arguments for the brokers' JVMs, for example {@code -Xmx2g}. They come after the fixture's
   * own, which include {@code -Xmx512m}, and after those of the system property {@code
   * rdkafka.testing.broker.jvm.args}, which are separated by blanks.
   */
  public KafkaClusterBuilder jvmArgs(String... args) {
    jvmArgs.addAll(List.of(args));
    return this;
  }

  /** How long the brokers may take until they are ready, 60 seconds if not given. */
  public KafkaClusterBuilder timeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("not a time to wait: " + limit);
    }
    timeout = limit;
    return this;
  }

  /**
   * A folder in which each cluster makes a folder of its own for its brokers' logs, and leaves it
   * there. If not given, the value of the system property {@code rdkafka.testing.log.dir}; without
   * that, the logs are deleted on close, unless something failed.
   */
  public KafkaClusterBuilder logDirectory(Path folder) {
    logDirectory = Objects.requireNonNull(folder, "folder");
    return this;
  }

  /**
   * Starts the cluster and waits until all of its brokers serve.
   *
   * @throws KafkaClusterException if they do not within the {@link #timeout}; nothing is left
   *     running then
   * @throws IllegalArgumentException if a {@link #brokerProperty} is for a broker that is not there
   */
  public KafkaCluster start() {
    return KafkaCluster.start(spec());
  }

  ClusterSpec spec() {
    for (int id : brokerProperties.keySet()) {
      if (id < 1 || id > brokers) {
        throw new IllegalArgumentException("no broker " + id + " among " + brokers);
      }
    }
    Map<Integer, Map<String, String>> each = new HashMap<>();
    brokerProperties.forEach((id, own) -> each.put(id, Map.copyOf(own)));
    return new ClusterSpec(
        brokers, host, listeners, properties, each, jvmArgs, timeout, logDirectory);
  }
}
