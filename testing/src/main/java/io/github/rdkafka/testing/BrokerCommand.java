package io.github.rdkafka.testing;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a cluster's brokers. */
final class BrokerCommand {

  /** More arguments for the JVMs of all brokers, separated by blanks. */
  static final String JVM_ARGS_PROPERTY = "rdkafka.testing.broker.jvm.args";

  private final ClusterSpec spec;
  private final String clusterId;
  private final ClusterFolder folder;
  private final String classPath;

  BrokerCommand(ClusterSpec spec, String clusterId, ClusterFolder folder) {
    this.spec = spec;
    this.clusterId = clusterId;
    this.folder = folder;
    this.classPath =
        BrokerClassPath.resolve(folder.root().resolve("jars"))
            + File.pathSeparator
            + folder.launcher();
  }

  private static List<String> ofTheBuild() {
    String args = System.getProperty(JVM_ARGS_PROPERTY, "").strip();
    return args.isEmpty() ? List.of() : List.of(args.split("\\s+"));
  }

  List<String> of(int broker, Path properties) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + folder.tmp(),
            "-Dlog4j2.configurationFile=" + folder.log4j().toUri()));
    command.addAll(ofTheBuild());
    command.addAll(spec.jvmArgs());
    command.addAll(
        List.of(
            "-cp",
            classPath,
            BrokerMain.class.getName(),
            properties.toString(),
            clusterId,
            folder.data(broker).toString()));
    return command;
  }
}
