package io.github.rdkafka.testing;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Properties;

/** A cluster's temporary folder, and the folder of its logs, which may be another one. */
final class ClusterFolder {

  private static final String LOG4J =
      """
      status = error
      appender.out.type = Console
      appender.out.name = OUT
      appender.out.layout.type = PatternLayout
      appender.out.layout.pattern = %d{ISO8601} %-5p %m (%c{1})%n
      logger.config.name = org.apache.kafka.common.config.AbstractConfig
      logger.config.level = WARN
      rootLogger.level = INFO
      rootLogger.appenderRef.out.ref = OUT
      """;

  private final Path root;
  private final Path logs;
  private final boolean logsElsewhere;

  private ClusterFolder(Path root, Path logs, boolean logsElsewhere) {
    this.root = root;
    this.logs = logs;
    this.logsElsewhere = logsElsewhere;
  }

  static ClusterFolder create(Path logDirectory) throws IOException {
    Path root = Files.createTempDirectory("kafka-cluster-").toRealPath();
    try {
      boolean elsewhere = logDirectory != null;
      Path logs =
          elsewhere
              ? logDirectory.toAbsolutePath().resolve(root.getFileName())
              : root.resolve("logs");
      Files.createDirectories(logs);
      Files.createDirectory(root.resolve("tmp"));
      Files.writeString(root.resolve("log4j2.properties"), LOG4J);
      copyMain(root.resolve("launcher"));
      return new ClusterFolder(root, logs, elsewhere);
    } catch (IOException e) {
      delete(root);
      throw e;
    }
  }

  /** As a file of its own: whatever else the test has on its class path is not the broker's. */
  private static void copyMain(Path classes) throws IOException {
    String name = BrokerMain.class.getName().replace('.', '/') + ".class";
    Path target = classes.resolve(name);
    Files.createDirectories(target.getParent());
    try (InputStream in = BrokerMain.class.getResourceAsStream("/" + name)) {
      Files.copy(in, target);
    }
  }

  Path root() {
    return root;
  }

  Path launcher() {
    return root.resolve("launcher");
  }

  Path tmp() {
    return root.resolve("tmp");
  }

  Path log4j() {
    return root.resolve("log4j2.properties");
  }

  Path data(int broker) {
    return root.resolve("broker-" + broker);
  }

  Path log(int broker) {
    return logs.resolve("broker-" + broker + ".log");
  }

  Path write(int broker, Properties properties) throws IOException {
    Path file = root.resolve("broker-" + broker + ".properties");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }

  /** Where the logs are found after {@link #delete}, if they are kept. */
  Path keptLogs() {
    return logsElsewhere ? logs : root.resolveSibling(root.getFileName() + "-logs");
  }

  void delete(boolean keepLogs) throws IOException {
    if (keepLogs && !logsElsewhere && Files.exists(logs)) {
      Files.move(logs, keptLogs());
    }
    delete(root);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
