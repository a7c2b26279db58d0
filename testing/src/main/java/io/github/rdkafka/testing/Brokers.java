package io.github.rdkafka.testing;

import io.github.rdkafka.testing.Readiness.NotReadyException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.kafka.common.Uuid;

/** A cluster's brokers, and what they leave behind: owner of their processes and their folder. */
final class Brokers implements AutoCloseable {

  private static final int ATTEMPTS = 3;
  private static final int TAIL_LINES = 40;
  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(20);

  private final ClusterSpec spec;
  private final String clusterId;
  private final BrokerProperties properties;
  private final ClusterFolder folder;
  private final Watchdog watchdog;
  private final Map<Integer, BrokerProcess> all;

  private boolean keepLogs;
  private boolean closed;

  private Brokers(
      ClusterSpec spec,
      String clusterId,
      BrokerProperties properties,
      ClusterFolder folder,
      Watchdog watchdog,
      Map<Integer, BrokerProcess> all) {
    this.spec = spec;
    this.clusterId = clusterId;
    this.properties = properties;
    this.folder = folder;
    this.watchdog = watchdog;
    this.all = all;
  }

  /**
   * Starts them and waits until they serve.
   *
   * @param freePorts so many ports that are free, as far as one can know
   */
  static Brokers start(ClusterSpec spec, IntFunction<List<Integer>> freePorts) {
    for (int attempt = 1; ; attempt++) {
      Brokers brokers = create(spec, freePorts);
      try {
        brokers.start(brokers.all.values());
        return brokers;
      } catch (KafkaClusterException e) {
        boolean again = attempt < ATTEMPTS && brokers.lostPort();
        brokers.keepLogs |= !again;
        brokers.closeAfter(e);
        if (!again) {
          throw e;
        }
      } catch (RuntimeException | Error e) {
        brokers.closeAfter(e);
        throw e;
      }
    }
  }

  private static Brokers create(ClusterSpec spec, IntFunction<List<Integer>> freePorts) {
    String clusterId = Uuid.randomUuid().toString();
    BrokerProperties properties =
        new BrokerProperties(spec, freePorts.apply(BrokerProperties.portsOf(spec)));
    try {
      ClusterFolder folder = ClusterFolder.create(spec.logDirectory());
      Watchdog watchdog = Watchdog.over(folder.root());
      try {
        BrokerCommand command = new BrokerCommand(spec, clusterId, folder);
        Map<Integer, BrokerProcess> all = new TreeMap<>();
        for (int id = 1; id <= spec.brokers(); id++) {
          Path file = folder.write(id, properties.of(id, folder.data(id)));
          all.put(id, new BrokerProcess(id, command.of(id, file), folder.log(id), watchdog));
        }
        return new Brokers(spec, clusterId, properties, folder, watchdog, all);
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
    return all.values().stream()
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

  String clusterId() {
    return clusterId;
  }

  BrokerProperties properties() {
    return properties;
  }

  Path folder() {
    return folder.root();
  }

  BrokerProcess get(int id) {
    BrokerProcess broker = all.get(id);
    if (broker == null) {
      throw new IllegalArgumentException("no broker " + id + " among " + all.keySet());
    }
    return broker;
  }

  private List<BrokerProcess> get(int... ids) {
    List<BrokerProcess> chosen = new ArrayList<>();
    for (int id : ids) {
      chosen.add(get(id));
    }
    return chosen;
  }

  void restart(int... ids) {
    stop(ids);
    start(get(ids));
  }

  /** Brings back what a test left killed or paused. */
  void startMissing() {
    List<BrokerProcess> missing = new ArrayList<>();
    for (BrokerProcess broker : all.values()) {
      if (broker.isPaused()) {
        broker.resume();
      } else if (!broker.isRunning()) {
        missing.add(broker);
      }
    }
    start(missing);
  }

  private void start(Collection<BrokerProcess> starting) {
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
      throw KafkaClusterException.interrupted(e);
    }
  }

  /** One after the other: in order as long as enough others run to take note, else by killing. */
  void stop(int... ids) {
    for (BrokerProcess broker : get(ids)) {
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
    long voters = all.values().stream().filter(BrokerProcess::isRunning).count();
    return voters * 2 > all.size();
  }

  void kill(int... ids) {
    List<BrokerProcess> victims = get(ids);
    victims.forEach(BrokerProcess::kill);
    victims.forEach(this::awaitEndAfterKill);
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
      throw KafkaClusterException.interrupted(e);
    }
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the cluster is closed");
    }
  }

  /** Kills all and deletes the folder. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    all.values().forEach(BrokerProcess::close);
    try {
      all.values().forEach(this::awaitEndAfterKill);
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

  /** The ends of all logs, for the report of a failure. */
  KafkaClusterException failure(String what, Throwable cause) {
    return failure(what, all.values(), cause);
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

  /** Has {@link #close} leave the logs, and says where. */
  private synchronized Path keepLogs() {
    keepLogs = true;
    return folder.keptLogs();
  }
}
